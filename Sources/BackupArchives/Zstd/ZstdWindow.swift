import BackupBytes
import CZstd
import Foundation
import Synchronization

/// The last bytes of what a frame has become: as many as its blocks may reach back. Saved packed.
///
/// Those of `zstd -19` and larger ones lie in a file without a name: two of them, beside libzstd's own, would be most
/// of the memory.
///
/// The frame fills it, and lets go of it when it becomes part of a resume point, which another thread saves.
@safe final class ZstdWindow: Codable, Sendable {
    /// What `zstd --long` makes. Frames that reach back farther are not resumed.
    static let limit = 128 << 20
    /// What `zstd` makes by default.
    private static let largestInMemory = 2 << 20

    /// Bytes there is room for.
    private let size: Int
    private let content: Mutex<Content>

    fileprivate enum Storage: Sendable {
        case slab(Slab)
        case file(NamelessFile)
        /// As it was saved: a frame of its own.
        case packed(Data)
        /// The file could not be written. That is no reason to stop: there will be no resume point here.
        case lost
    }

    fileprivate struct Content {
        let size: Int
        var storage: Storage
        /// Bytes that came in, and where the next goes.
        var taken = 0, next = 0
    }

    /// `folder`: where a file without a name may be made.
    init(size: Int, folder: String) {
        self.size = size
        let storage: Storage =
            if size <= Self.largestInMemory {
                .slab(Slab(capacity: size))
            } else {
                (try? .file(NamelessFile(in: folder, for: "window"))) ?? .lost
            }
        content = Mutex(Content(size: size, storage: storage))
    }

    /// Bytes it holds.
    var count: Int { content.withLock(\.count) }

    func append(_ bytes: UnsafeRawBufferPointer) { content.withLock { unsafe $0.append(bytes) } }

    /// `head`, and then the bytes in their order.
    func bytes(after head: [UInt8]) throws -> [UInt8] { try content.withLock { try $0.bytes(after: head) } }

    // MARK: Saved

    init(from decoder: any Decoder) throws {
        let frame = try decoder.singleValueContainer().decode(Data.self)
        let stated = unsafe frame.withUnsafeBytes { unsafe ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
        guard stated <= Self.limit else { throw RecordDamaged() }
        size = Int(stated)
        content = Mutex(Content(size: Int(stated), storage: .packed(frame), taken: Int(stated)))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(content.withLock { try $0.packed() })
    }
}

extension ZstdWindow.Content {
    var count: Int { if case .lost = storage { 0 } else { min(taken, size) } }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        taken += bytes.count
        var bytes = unsafe bytes.suffix(size)
        while unsafe !bytes.isEmpty {
            let piece = unsafe bytes.prefix(size - next)
            unsafe write(.init(rebasing: piece))
            next = unsafe (next + piece.count) % size
            unsafe bytes = unsafe bytes.dropFirst(piece.count)
        }
    }

    private mutating func write(_ bytes: UnsafeRawBufferPointer) {
        switch storage {
        case .slab(let slab): unsafe (slab.base + next).copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
        case .file(let file): do { try unsafe file.write(bytes, at: next) } catch { storage = .lost }
        case .packed, .lost: break
        }
    }

    func bytes(after head: [UInt8]) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: head.count + count) { buffer, filled in
            filled = unsafe buffer.update(fromContentsOf: head)
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
            if case .packed(let frame) = storage {
                filled += unsafe frame.withUnsafeBytes {
                    unsafe ZSTD_decompress(rest.baseAddress, rest.count, $0.baseAddress, $0.count)
                }
            } else {
                try unsafe eachPiece { piece in
                    unsafe UnsafeMutableRawBufferPointer(rebasing: rest[(filled - head.count)...]).copyMemory(
                        from: piece)
                    filled += piece.count
                }
            }
            guard filled == buffer.count else {
                filled = 0
                throw RecordDamaged()
            }
        }
    }

    /// Once it has gone round, the oldest byte lies where the next one goes.
    private func eachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let oldest = taken > size ? next : count
        for range in [oldest ..< count, 0 ..< oldest] {
            switch storage {
            case .slab(let slab): unsafe try body(.init(start: slab.base + range.lowerBound, count: range.count))
            case .file(let file): try unsafe file.eachPiece(of: range, body)
            case .packed, .lost: throw RecordDamaged()
            }
        }
    }

    /// A frame of its own.
    func packed() throws -> Data {
        if case .packed(let frame) = storage { return frame }
        return try unsafe ZstdCompressor(level: 1).frame(of: count) { try unsafe eachPiece($0) }
    }
}
