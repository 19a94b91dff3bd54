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
        guard descriptor >= 0 else { throw ExportError(.outputFailed, why: "cannot write to \(folder): \(String(cString: strerror(errno)))") }
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

    /// Writes a small file under another name, waits for the disk, and gives it its own.
    static func writeDurably(_ data: Data, to path: String) throws {
        let partial = path + ".partial"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ExportError.output("write", path, errno) }
        defer { close(descriptor) }
        try data.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = write(descriptor, bytes.baseAddress! + written, bytes.count - written)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw ExportError.output("write", path, errno) }
                written += count
            }
        }
        guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw ExportError.output("write", path, errno) }
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}
