import Foundation

/// Opens the files in which a run notes what another needs to resume it. Who can write to the folder above may have
/// planted something there: neither the folder nor the file may be a link, and a file may have no other name.
package enum NoteFile {
    /// A new, empty file; a file of this name that was there goes.
    package static func create(_ path: String) throws(SystemFailure) -> Int32 {
        try inFolder(of: path, "write") { folder, name in
            let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let descriptor = unsafe openat(folder, name, flags, 0o600)
            if descriptor >= 0 || errno != EEXIST { return descriptor }
            var status = stat()
            guard unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return -1 }
            guard status.st_mode & S_IFMT == S_IFREG else {
                errno = status.st_mode & S_IFMT == S_IFLNK ? ELOOP : EEXIST
                return -1
            }
            guard unsafe unlinkat(folder, name, 0) == 0 else { return -1 }
            return unsafe openat(folder, name, flags, 0o600)
        }
    }

    /// A file of at least `length` bytes; what follows them is cut off.
    package static func reopen(_ path: String, length: Int) throws -> Int32 {
        let descriptor = try inFolder(of: path, "read") { folder, name in
            unsafe openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1,
            Int(status.st_size) >= length
        else {
            close(descriptor)
            throw RecordDamaged()
        }
        guard ftruncate(descriptor, off_t(length)) == 0 else {
            let code = errno
            close(descriptor)
            throw SystemFailure(operation: "write", path: path, code: code)
        }
        return descriptor
    }

    private static func inFolder(
        of path: String, _ operation: String, _ body: (_ folder: Int32, _ name: String) -> Int32
    ) throws(SystemFailure) -> Int32 {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let folder = unsafe open(
            slash.map { String(path[..<$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { throw SystemFailure(operation: operation, path: path, code: errno) }
        defer { close(folder) }
        let descriptor = body(folder, name)
        guard descriptor >= 0 else { throw SystemFailure(operation: operation, path: path, code: errno) }
        return descriptor
    }
}
