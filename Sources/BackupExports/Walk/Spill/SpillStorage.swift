import BackupBytes
import CLinux
import Foundation
import Synchronization

/// A file that rows wait in. It has a name where another process is to resume; without one it disappears with the
/// process, however that ends. It is made when something is written.
final class SpillStorage: Sendable {
    /// nil: the file has no name.
    private let path: String?
    private let folder: String
    private let file = Mutex<OpenFile?>(nil)

    private final class OpenFile: Sendable {
        let descriptor: Int32
        init(_ descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }
    }

    init(path: String?, folder: String) {
        self.path = path
        self.folder = folder
    }

    var isNamed: Bool { path != nil }
    /// Whether another process would find what is in it.
    var isResumable: Bool { isNamed || file.withLock { $0 == nil } }

    /// What an earlier process has written, `length` bytes.
    func reopen(length: Int) throws {
        guard let path, length > 0 else { return }
        let descriptor = try wrapping { try NoteFile.reopen(path, length: length) }
        file.withLock { $0 = OpenFile(descriptor) }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        try wrapping {
            try Descriptor.write(bytes, to: opened().descriptor, at: offset, path: path ?? folder)
        }
    }

    /// Bytes from `offset` on; fewer only at the file's end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        guard let file = file.withLock({ $0 }) else { throw RecordDamaged() }
        return try Descriptor.read(into: buffer, from: file.descriptor, at: offset, path: "spill file")
    }

    /// Whether the disk has room for a piece, which it keeps for it.
    func reserve(_ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return true }
        guard let file = try? opened() else { return false }
        return linux_reserve(file.descriptor, Int64(range.lowerBound), Int64(range.count)) == 0
    }

    /// Gives room back, where the file system can do that.
    func makeHole(_ range: Range<Int>) {
        guard let file = file.withLock({ $0 }) else { return }
        linux_make_hole(file.descriptor, Int64(range.lowerBound), Int64(range.count))
    }

    private func opened() throws -> OpenFile {
        try file.withLock { file in
            if let file { return file }
            let made = OpenFile(
                try path.map { try NoteFile.create($0) } ?? Descriptor.nameless(in: folder, for: "spilled data"))
            file = made
            return made
        }
    }

    private func wrapping<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let failed as SystemFailure {
            throw ExportError(
                failed.code == ENOSPC || failed.code == EDQUOT ? .diskFull : .outputFailed,
                why: "cannot spill to \(path ?? folder): \(String(cString: strerror(failed.code)))",
                remedy: "see \(.spillFolder)")
        }
    }

    /// More waits than may.
    static func overLimit(_ limit: Int) -> ExportError {
        ExportError(
            .overLimit, why: "data that waits for its structure takes more than \(limit) bytes, compressed",
            remedy: "convert from a file instead of a pipe, or raise \(.spillLimit)")
    }
}

/// A piece of it.
final class StoredSource: ByteSource {
    private let storage: SpillStorage
    private var rest: Range<Int>

    init(_ storage: SpillStorage, _ range: Range<Int>) {
        self.storage = storage
        rest = range
    }

    var length: Int? { rest.count }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try storage.read(into: .init(rebasing: buffer.prefix(rest.count)), at: rest.lowerBound)
        rest = (rest.lowerBound + count) ..< rest.upperBound
        return count
    }
}
