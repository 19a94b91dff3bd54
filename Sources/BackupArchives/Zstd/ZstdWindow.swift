import BackupBytes
import CZstd
import Foundation

/// The last bytes of what a frame has become: as many as its blocks may reach back. Saved packed.
@safe final class ZstdWindow: Codable, @unchecked Sendable {
    /// What `zstd -19` makes. Frames that reach back farther are not gone on with: each place would hold as much.
    static let limit = 8 << 20

    private let slab: Slab
    /// Bytes that came in, and where the next goes.
    private var taken = 0, next = 0

    init(size: Int) { slab = Slab(capacity: size) }

    private var ring: UnsafeMutableRawBufferPointer { unsafe slab.room }

    /// Bytes it holds.
    var count: Int { unsafe min(taken, ring.count) }

    func append(_ bytes: UnsafeRawBufferPointer) {
        taken += bytes.count
        var bytes = unsafe bytes.suffix(ring.count)
        while unsafe !bytes.isEmpty {
            let piece = unsafe bytes.prefix(ring.count - next)
            unsafe UnsafeMutableRawBufferPointer(rebasing: ring[next...]).copyMemory(from: .init(rebasing: piece))
            next = unsafe (next + piece.count) % ring.count
            unsafe bytes = unsafe bytes.dropFirst(piece.count)
        }
    }

    /// In their order.
    var bytes: [UInt8] { unsafe Array(pieces.0) + Array(pieces.1) }

    /// Once it has gone round, the oldest byte lies where the next one goes.
    private var pieces: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) {
        let oldest = unsafe taken > ring.count ? next : count
        return unsafe (.init(rebasing: ring[oldest ..< count]), .init(rebasing: ring[..<oldest]))
    }

    convenience init(from decoder: any Decoder) throws {
        let packed = try decoder.singleValueContainer().decode(Data.self)
        let size = unsafe packed.withUnsafeBytes { unsafe ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
        guard size <= Self.limit else { throw RecordDamaged() }
        self.init(size: Int(size))
        taken = unsafe packed.withUnsafeBytes { unsafe ZSTD_decompress(ring.baseAddress, ring.count, $0.baseAddress, $0.count) }
        guard unsafe taken == ring.count else { throw RecordDamaged() }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(unsafe ZstdCompressor(level: 1).frame(of: pieces))
    }
}
