import Foundation

/// One run at a time in an output folder.
final class FolderLock: LakeLock {
    static let name = ".sluice.lock"
    private let folder: OutputDirectory
    private var descriptor: Int32

    init(folder: OutputDirectory) throws {
        self.folder = folder
        descriptor = -1
        while descriptor < 0 {
            let opened = try folder.open(Self.name, O_RDWR | O_CREAT)
            guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
                close(opened)
                throw LakeError(.outputExists, why: "another run is writing to \(folder.path)")
            }
            // A run that has just ended takes the name away, perhaps between the two calls: then this is a lock that
            // nobody sees.
            var mine = stat()
            if fstat(opened, &mine) == 0, let named = try folder.status(Self.name), named.st_ino == mine.st_ino {
                descriptor = opened
            } else {
                close(opened)
            }
        }
    }

    package func release() {
        guard descriptor >= 0 else { return }
        _ = try? folder.remove(Self.name)
        close(descriptor)
        descriptor = -1
    }

    deinit { release() }
}
