#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What distinguishes a regular file from another one, and from itself after a change.
package struct FileIdentity: Sendable, Equatable {
    package let size: Int
    private let device: UInt64
    private let inode: UInt64
    /// When its bytes were last written, in nanoseconds, and when anything of it was last changed.
    private let written: Int
    private let changed: Int

    /// nil where it is no regular file.
    package init?(_ status: stat) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        size = Int(status.st_size)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        #if canImport(Glibc)
            (written, changed) = (Self.nanoseconds(status.st_mtim), Self.nanoseconds(status.st_ctim))
        #else
            (written, changed) = (Self.nanoseconds(status.st_mtimespec), Self.nanoseconds(status.st_ctimespec))
        #endif
    }

    /// Of the file that bears this name now; nil where there is none.
    package init?(path: String, followsLinks: Bool = true) {
        var status = stat()
        guard unsafe (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        self.init(status)
    }

    private static func nanoseconds(_ time: timespec) -> Int { Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec) }

    /// For a record that another process compares: size and time.
    package var text: String { "\(size)|\(written)" }

    /// What happened to the file since it was `earlier`; nil: nothing.
    ///
    /// Some file systems number a file anew when it is looked up again: another number counts only where the time of
    /// the change differs, too.
    package func change(since earlier: FileIdentity) -> String? {
        if size > earlier.size { return "it grew from \(earlier.size) to \(size) bytes" }
        if size < earlier.size { return "it shrank from \(earlier.size) to \(size) bytes" }
        if written != earlier.written { return "it was written to" }
        if (device, inode) != (earlier.device, earlier.inode) && changed != earlier.changed {
            return "another file took its name"
        }
        return nil
    }
}
