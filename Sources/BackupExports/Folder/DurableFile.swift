import Foundation

/// A small file that gets its name only when its bytes have reached the disk.
struct DurableFile {
    private let path: String
    private var partial: String { path + ".partial" }

    init(_ path: String) { self.path = path }

    func write(_ data: Data) throws { try write { try $0(data) } }

    /// Writes it under its unfinished name, as `pieces` come.
    func write(_ pieces: (_ emit: (Data) throws -> Void) throws -> Void) throws {
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ExportError.output("write", path, errno) }
        defer { close(descriptor) }
        try pieces { data in
            try data.withUnsafeBytes { try ExportError.write($0, to: descriptor, path) }
        }
        guard fsync(descriptor) == 0 else { throw ExportError.output("write", path, errno) }
    }

    func giveFinalName() throws {
        guard rename(partial, path) == 0 else { throw ExportError.output("write", path, errno) }
        let folder = open(path.enclosingFolder, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    /// Both names.
    func remove() {
        unlink(partial)
        unlink(path)
    }
}
