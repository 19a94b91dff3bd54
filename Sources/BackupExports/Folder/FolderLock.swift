import CLinux
import Foundation

/// One run at a time in an output folder.
final class FolderLock {
    static let name = ".sluice.lock"
    private let path: String
    private var descriptor: Int32

    init(folder: String) throws {
        path = folder + "/" + Self.name
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ExportError.output("write to", folder, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            descriptor = -1
            throw ExportError(.outputExists, why: "another run is writing to \(folder)")
        }
    }

    func release() {
        guard descriptor >= 0 else { return }
        unlink(path)
        close(descriptor)
        descriptor = -1
    }

    deinit { release() }

    /// Waits until everything written to the folder's file system has reached the disk: one call, however many files.
    static func sync(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ExportError.output("open", folder, errno) }
        defer { close(descriptor) }
        guard linux_syncfs(descriptor) == 0 else { throw ExportError.output("sync", folder, errno) }
    }
}
