import BackupBytes
import Foundation

/// A local folder. A draft is a file whose name ends in `.partial`; a rename makes it final.
final class FolderStore: LakeStore {
    /// Where an output is made that is to replace the one in the folder.
    static let stagingName = ".sluice.new"
    private let directory: OutputDirectory
    /// Of a staging folder: the one it lies in.
    private let outer: OutputDirectory?

    init(_ directory: OutputDirectory, in outer: OutputDirectory? = nil) {
        self.directory = directory
        self.outer = outer
    }

    /// Opens a folder that the user has named.
    convenience init(_ path: String) throws { try self.init(OutputDirectory(path)) }

    /// Makes the folder, and those above it, where they are not there.
    convenience init(making path: String) throws {
        try FolderMaker.make(path)
        try self.init(path)
    }

    var name: String { directory.path }
    var spillFolder: String { directory.path }
    var workFolder: WorkFolder { WorkFolder(in: directory) }

    /// Its name in the folder.
    private func fileName(_ path: String, _ state: LakeFileState) -> String {
        state == .draft ? path + ".partial" : path
    }

    // MARK: Looking

    func names() throws -> [String] { try directory.names() }

    func length(of path: String, _ state: LakeFileState) throws -> Int? {
        try directory.status(fileName(path, state)).map { Int($0.st_size) }
    }

    func contents(of path: String, limit: Int) throws -> Data? { try directory.contents(of: path, limit: limit) }

    // MARK: Files

    func create(_ path: String) throws -> any LakeFile {
        let draft = fileName(path, .draft)
        return FolderFile(try directory.create(draft, makesFolders: true), draft, in: directory)
    }

    func open(_ path: String) throws -> any LakeFile {
        let draft = fileName(path, .draft), descriptor = try existing(draft, O_WRONLY, for: "write")
        return FolderFile(descriptor, draft, in: directory, bytes: try length(of: path, .draft) ?? 0)
    }

    func read(_ path: String, _ state: LakeFileState) throws -> any ByteSource {
        let name = fileName(path, state), descriptor = try existing(name, O_RDONLY | O_NONBLOCK, for: "read")
        return FileSource(descriptor: descriptor, path: directory.full(name), ownsDescriptor: true)
    }

    private func existing(_ name: String, _ flags: Int32, for operation: String) throws -> Int32 {
        do { return try directory.open(name, flags) } catch OutputDirectory.Missing.it {
            throw LakeError.output(operation, directory.full(name), ENOENT)
        }
    }

    func openLog(_ name: String, keeping length: Int?) throws -> any LakeFile {
        guard let length else { return FolderFile(try directory.create(name), name, in: directory) }
        let descriptor = try existing(name, O_WRONLY, for: "write")
        guard ftruncate(descriptor, off_t(length)) == 0 else {
            defer { close(descriptor) }
            throw LakeError.output("cut", directory.full(name), errno)
        }
        return FolderFile(descriptor, name, in: directory, bytes: length)
    }

    func recover(_ path: String, _ state: LakeFileState, length: Int) throws {
        let name = fileName(path, state)
        if try state == .draft && !directory.has(name) {
            do { try directory.rename(path, to: name) } catch OutputDirectory.Missing.it {
                throw changed(name, "it is missing")
            }
        }
        guard let status = try directory.status(name) else { throw changed(name, "it is missing") }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
            throw changed(name, "it is a link, or has another name elsewhere")
        }
        guard Int(status.st_size) >= length else { throw changed(name, "it is shorter") }
        if Int(status.st_size) == length { return }
        let descriptor = try directory.open(name, O_WRONLY)
        defer { close(descriptor) }
        guard ftruncate(descriptor, off_t(length)) == 0 else {
            throw LakeError.output("cut", directory.full(name), errno)
        }
    }

    private func changed(_ name: String, _ how: String) -> LakeError {
        LakeError(
            .outputExists,
            why: "the unfinished run cannot be resumed: \(directory.full(name)) is not what it was: \(how)",
            remedy: "see \(.replacesOutput)")
    }

    // MARK: Names

    func publish(_ path: String) throws { try rename(path, .draft, .final) }
    func withdraw(_ path: String) throws { try rename(path, .final, .draft) }

    private func rename(_ path: String, _ from: LakeFileState, _ to: LakeFileState) throws {
        do { try directory.rename(fileName(path, from), to: fileName(path, to)) } catch OutputDirectory.Missing.it {
            throw LakeError.output("rename", directory.full(path), ENOENT)
        }
    }

    @discardableResult
    func remove(_ path: String, _ state: LakeFileState) throws -> Bool { try directory.remove(fileName(path, state)) }

    func promote(_ path: String, _ state: LakeFileState) throws -> Bool {
        guard let outer else { return false }
        do {
            try directory.rename(fileName(path, state), to: path, in: outer, makesFolders: path.contains("/"))
            return true
        } catch OutputDirectory.Missing.it { return false }
    }

    func removeEmptyFolders(_ folders: Set<String>) {
        for var path in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) {
            while !path.isEmpty, directory.removeFolder(path) { path = path.enclosingFolder }
        }
    }

    // MARK: Durability

    func syncNames() throws { try directory.sync() }
    func sync() throws { try directory.syncAll() }

    // MARK: Runs

    func lock() throws -> any LakeLock { try FolderLock(folder: directory) }

    func staging() throws -> (any LakeStore)? {
        try OutputDirectory(Self.stagingName, in: directory).map { FolderStore($0, in: directory) }
    }

    func makeStaging() throws -> any LakeStore {
        try directory.makeFolder(Self.stagingName)
        guard let made = try staging() else {
            throw LakeError.output("open", directory.full(Self.stagingName), ENOENT)
        }
        return made
    }

    @discardableResult
    func removeStaging() -> Bool {
        // Folders of parts that were never begun.
        if let staged = try? OutputDirectory(Self.stagingName, in: directory) { staged.removeEmptyFolders() }
        return directory.removeFolder(Self.stagingName)
    }
}
