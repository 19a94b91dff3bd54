import Foundation

/// A small file that gets its name only when its bytes have reached the disk.
struct DurableFile {
    private let folder: OutputDirectory
    private let name: String
    private var partial: String { name + ".partial" }

    init(_ name: String, in folder: OutputDirectory) {
        self.folder = folder
        self.name = name
    }

    func write(_ data: Data) throws { try write { try $0(data) } }

    /// Writes it under its unfinished name, as `pieces` come.
    func write(_ pieces: (_ emit: (Data) throws -> Void) throws -> Void) throws {
        let path = folder.full(name), descriptor = try folder.create(partial)
        defer { close(descriptor) }
        try pieces { data in
            try data.withUnsafeBytes { try LakeError.write($0, to: descriptor, path) }
        }
        guard fsync(descriptor) == 0 else { throw LakeError.output("write", path, errno) }
    }

    func giveFinalName() throws {
        do { try folder.rename(partial, to: name) } catch OutputDirectory.Missing.it {
            throw LakeError.output("write", folder.full(name), ENOENT)
        }
        try? folder.sync()
    }

    /// Both names.
    func remove() throws {
        try folder.remove(partial)
        try folder.remove(name)
    }
}
