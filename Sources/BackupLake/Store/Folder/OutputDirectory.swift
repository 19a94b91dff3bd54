import BackupBytes
import CLinux
import Foundation

/// A folder that a run writes to, as an open descriptor. Links below it are never followed:
///
///     lake                 may be a link: the user has named it
///     lake/shop/orders/…   each name is opened from the folder above it; a link in place of one is an error
///
/// Paths are relative to the folder.
final class OutputDirectory: Sendable {
    /// As errors name it.
    let path: String
    let descriptor: Int32

    /// Opens a folder that the user has named.
    init(_ path: String) throws {
        self.path = path
        descriptor = Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LakeError.output("open", path, errno) }
    }

    /// Opens a folder in it; nil where there is none.
    init?(_ name: String, in folder: OutputDirectory) throws {
        path = folder.full(name)
        guard let status = try folder.status(name) else { return nil }
        guard status.st_mode & S_IFMT != S_IFLNK else {
            throw LakeError(
                .outputExists, why: "\(path) is a link, and links in the output folder are not followed",
                remedy: "remove it")
        }
        descriptor = try folder.open(name, O_RDONLY | O_DIRECTORY)
    }

    deinit { close(descriptor) }

    /// There is nothing of this name.
    enum Missing: Error { case it }

    func full(_ path: String) -> String { "\(self.path)/\(path)" }

    /// Opens or makes a file. `makesFolders`: those above it, too.
    /// - Throws: `Missing.it` where there is none and `flags` does not say `O_CREAT`; `LakeError`.
    func open(_ path: String, _ flags: Int32, _ mode: mode_t = 0o644, makesFolders: Bool = false) throws -> Int32 {
        try enclosing(path, makesFolders: makesFolders) { folder, name in
            let descriptor = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC, mode)
            if descriptor < 0 { throw failure("open", path, errno, isMissingFine: flags & O_CREAT == 0) }
            return descriptor
        }
    }

    /// A new, empty file. A file of this name that is there goes, whatever other names it has; a link or a folder is an
    /// error.
    func create(_ path: String, makesFolders: Bool = false) throws -> Int32 {
        try enclosing(path, makesFolders: makesFolders) { folder, name in
            var descriptor = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
            if descriptor < 0 && errno == EEXIST {
                var status = stat()
                guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                    throw failure("write", path, errno)
                }
                guard status.st_mode & S_IFMT == S_IFREG else { throw occupied(path, status) }
                guard unlinkat(folder, name, 0) == 0 else { throw failure("replace", path, errno) }
                descriptor = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
            }
            guard descriptor >= 0 else { throw failure("write", path, errno) }
            return descriptor
        }
    }

    /// What is there; nil: nothing. A link is itself.
    func status(_ path: String) throws -> stat? {
        do {
            return try enclosing(path) { folder, name in
                var status = stat()
                if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
                throw failure("look at", path, errno, isMissingFine: true)
            }
        } catch Missing.it { return nil }
    }

    func has(_ path: String) throws -> Bool { try status(path) != nil }

    /// Makes a folder and those above it; one that is there already is fine, a link to one is not.
    func makeFolder(_ path: String) throws {
        let parts = try Self.parts(path, in: self)
        var folder = dup(descriptor)
        defer { close(folder) }
        for part in parts { folder = try step(from: folder, to: part, path, makes: true) }
    }

    /// Gives a file another name, also in another folder. What has that name goes.
    func rename(_ from: String, to: String, in other: OutputDirectory? = nil, makesFolders: Bool = false) throws {
        let other = other ?? self
        try enclosing(from) { fromFolder, fromName in
            try other.enclosing(to, makesFolders: makesFolders) { toFolder, toName in
                guard renameat(fromFolder, fromName, toFolder, toName) == 0 else {
                    throw other.failure("rename", to, errno, isMissingFine: true)
                }
            }
        }
    }

    /// - Returns: whether there was such a file. A link goes, not what it leads to.
    @discardableResult
    func remove(_ path: String) throws -> Bool {
        do {
            try enclosing(path) { folder, name in
                guard unlinkat(folder, name, 0) == 0 else { throw failure("remove", path, errno, isMissingFine: true) }
            }
            return true
        } catch Missing.it { return false }
    }

    /// - Returns: false where it is not empty, or not there.
    @discardableResult
    func removeFolder(_ path: String) -> Bool {
        (try? enclosing(path) { folder, name in unlinkat(folder, name, AT_REMOVEDIR) == 0 }) ?? false
    }

    /// Removes the folders in it that hold no files, at any depth.
    func removeEmptyFolders() {
        for name in (try? names()) ?? [] where !removeFolder(name) {
            guard let inner = try? OutputDirectory(name, in: self) else { continue }
            inner.removeEmptyFolders()
            removeFolder(name)
        }
    }

    /// The bytes of a small file; nil: there is none.
    func contents(of path: String, limit: Int = 1 << 30) throws -> Data? {
        let descriptor: Int32
        do { descriptor = try open(path, O_RDONLY | O_NONBLOCK) } catch Missing.it { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw LakeError.output("read", full(path), errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw occupied(path, status) }
        guard status.st_size <= limit else {
            throw LakeError(.outputExists, why: "\(full(path)) is larger than any that a run writes")
        }
        var data = Data(count: Int(status.st_size))
        do {
            let count = try data.withUnsafeMutableBytes {
                try Descriptor.read(into: $0, from: descriptor, at: 0, path: full(path))
            }
            return data.prefix(count)
        } catch let failure as SystemFailure { throw LakeError.output(failure.operation, failure.path, failure.code) }
    }

    /// Of everything in it.
    func names() throws -> [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw LakeError.output("list", path, errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Waits until the names in it have reached the disk.
    func sync() throws { guard fsync(descriptor) == 0 else { throw LakeError.output("sync", path, errno) } }

    /// Waits until everything written to its file system has reached the disk: one call, however many files.
    func syncAll() throws { guard linux_syncfs(descriptor) == 0 else { throw LakeError.output("sync", path, errno) } }

    // MARK: One name at a time

    private static func parts(_ path: String, in folder: OutputDirectory) throws -> [String] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." || $0.utf8.contains(0) }) {
            throw LakeError(.outputExists, why: "“\(path)” is no path in \(folder.path)")
        }
        return parts
    }

    private func enclosing<Result>(
        _ path: String, makesFolders: Bool = false, _ body: (Int32, String) throws -> Result
    ) throws -> Result {
        var parts = try Self.parts(path, in: self)
        let name = parts.removeLast()
        if parts.isEmpty { return try body(descriptor, name) }
        var folder = dup(descriptor)
        defer { close(folder) }
        for part in parts { folder = try step(from: folder, to: part, path, makes: makesFolders) }
        return try body(folder, name)
    }

    /// Closes `folder` where it gives another.
    private func step(from folder: Int32, to name: String, _ path: String, makes: Bool) throws -> Int32 {
        guard folder >= 0 else { throw failure("open", path, errno) }
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var next = openat(folder, name, flags)
        if next < 0 && errno == ENOENT && makes {
            guard mkdirat(folder, name, 0o755) == 0 || errno == EEXIST else {
                throw failure("make the folder of", path, errno)
            }
            next = openat(folder, name, flags)
        }
        guard next >= 0 else {
            let code = errno
            var status = stat()
            if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFLNK {
                throw LakeError(
                    .outputExists,
                    why:
                        "cannot open \(full(path)): “\(name)” is a link, and links in the output folder are not "
                        + "followed"
                )
            }
            throw failure("open", path, code, isMissingFine: !makes)
        }
        close(folder)
        return next
    }

    private func failure(_ operation: String, _ path: String, _ code: Int32, isMissingFine: Bool = false) -> any Error {
        switch code {
        case ENOENT where isMissingFine: Missing.it
        case ELOOP:
            LakeError(.outputExists, why: "\(full(path)) is a link, and links in the output folder are not followed")
        default: LakeError.output(operation, full(path), code)
        }
    }

    private func occupied(_ path: String, _ status: stat) -> LakeError {
        let what =
            switch status.st_mode & S_IFMT {
            case S_IFLNK: "a link, and links in the output folder are not followed"
            case S_IFDIR: "a folder, and a file is to be written there"
            default: "no regular file, and nothing in the output folder may be anything else"
            }
        return LakeError(.outputExists, why: "\(full(path)) is \(what)")
    }
}
