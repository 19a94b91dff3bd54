import BackupBytes
import CLinux
import Crypto
import Foundation

/// An open part file.
///
/// Small files, and what is left of large ones, are written as everybody writes. The pieces of a large one go to the
/// disk past the page cache: then no core copies them into it, which takes about as long as all the rest
/// (Benchmarks/README).
///
///     | one piece, by the cache | piece | piece | … | the rest, by the cache |
///     0                      Piece.size
final class PartFile: @unchecked Sendable {
    private let folder: OutputDirectory
    private let place: String
    private let descriptor: Int32
    private var pastCache: Int32?
    /// Bytes that the system was asked to bring to the disk: what the end has to wait for is little then.
    private var started: Int
    private static let startLimit = 8 << 20

    /// Pieces that the queue's thread has not written, and why it could not: the queue's, behind its gate.
    var unwritten = 0
    var failure: SystemFailure?

    /// `bytes`: what it holds already; 0 makes a new one.
    init(_ place: String, in folder: OutputDirectory, bytes: Int) throws {
        self.folder = folder
        self.place = place
        started = bytes
        do { descriptor = try bytes > 0 ? folder.open(place, O_WRONLY) : folder.create(place) } catch OutputDirectory
            .Missing.it
        {
            throw LakeError.output("write", folder.full(place), ENOENT)
        }
    }

    deinit {
        close(descriptor)
        if let pastCache, pastCache >= 0 { close(pastCache) }
    }

    /// Whether a piece is for the queue's thread.
    func isForDisk(_ piece: Piece) -> Bool {
        guard piece.isWhole, piece.offset > 0 else { return false }
        if pastCache == nil { pastCache = openPastCache() }
        return pastCache != -1
    }

    /// -1 on file systems that do not do it well.
    private func openPastCache() -> Int32 {
        guard linux_appends_past_cache(descriptor) == 1 else { return -1 }
        return (try? folder.open(place, O_WRONLY | linux_past_cache)) ?? -1
    }

    func writePastCache(_ piece: Piece) throws(SystemFailure) {
        let bytes = piece.bytes
        var written = 0
        repeat {
            written = pwrite(pastCache ?? -1, bytes.baseAddress, bytes.count, off_t(piece.offset))
        } while written < 0 && errno == EINTR
        guard written >= 0 || errno == EINVAL else {
            throw SystemFailure(operation: "write", path: folder.full(place), code: errno)
        }
        // What was not taken at once goes the usual way, or that says why not.
        let rest = UnsafeRawBufferPointer(rebasing: bytes[max(0, written)...])
        try Descriptor.write(
            rest, to: descriptor, at: piece.offset + bytes.count - rest.count, path: folder.full(place))
    }

    func write(_ piece: Piece) throws(SystemFailure) {
        try Descriptor.write(piece.bytes, to: descriptor, at: piece.offset, path: folder.full(place))
        let end = piece.offset + piece.count
        if end - started >= Self.startLimit {
            _ = linux_start_writing(descriptor, Int64(started), Int64(end - started))
            started = end
        }
    }
}

/// Bytes of a part file up to a border, in memory that is used again when they have been written and hashed.
final class Piece: @unchecked Sendable {
    static let size = 1 << 20

    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4096)
    private(set) var file: PartFile?
    private(set) var hash: FileHash?
    private(set) var offset = 0
    private(set) var count = 0

    deinit { memory.deallocate() }

    /// Begins it at this offset of a file.
    func begin(_ file: PartFile?, _ hash: FileHash?, at offset: Int) {
        (self.file, self.hash, self.offset, count) = (file, hash, offset, 0)
    }

    var bytes: UnsafeRawBufferPointer { .init(rebasing: memory[..<count]) }
    var isFull: Bool { (offset + count) % Self.size == 0 && count > 0 }
    var isWhole: Bool { count == Self.size && offset % Self.size == 0 }

    /// Takes as many bytes as there is room before the border.
    func take(_ bytes: UnsafeRawBufferPointer.SubSequence) -> Int {
        let taken = min(bytes.count, Self.size - (offset + count) % Self.size)
        UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: .init(rebasing: bytes.prefix(taken)))
        count += taken
        return taken
    }
}

/// The hash of one file; up to date when the queue says so.
final class FileHash: @unchecked Sendable {
    private var value: SHA256
    init(_ value: SHA256 = SHA256()) { self.value = value }

    func update(_ piece: Piece) { value.update(bufferPointer: piece.bytes) }
    var digits: String { Hex.text(value.finalize()) }
}
