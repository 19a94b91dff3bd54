import BackupBytes
import CBackupKernels

/// Texts of values, one after the other in a slab, each marked when it is whole.
@safe final class TextSlab {
    private(set) var slab: Slab
    private(set) var end: Int

    /// The slab's first bytes hold nothing: kernels look at the byte before a value.
    static let front = 16
    /// Offsets of marks are smaller.
    static let limit = Int(BK_OFFSET) - Slab.slack

    /// Whose slab it is, if it is one's.
    private let pool: SlabPool?

    init(_ slab: Slab, of pool: SlabPool? = nil) {
        (self.slab, self.pool) = (slab, pool)
        end = Self.front
        unsafe slab.base.initializeMemory(as: UInt8.self, repeating: 0, count: Self.front)
    }

    /// Where the next byte goes.
    var next: UnsafeMutablePointer<UInt8> { unsafe slab.base.assumingMemoryBound(to: UInt8.self) + end }
    var base: UnsafeMutablePointer<UInt8> { unsafe slab.base.assumingMemoryBound(to: UInt8.self) }

    /// Makes room for so many bytes.
    @inline(__always)
    func reserve(_ count: Int) throws(ParquetError) {
        if count > slab.capacity - end { try grow(count) }
    }

    private func grow(_ count: Int) throws(ParquetError) {
        guard count <= Self.limit - end else {
            throw ParquetError(.overLimit, "the values of a row are longer than \(Self.limit) bytes")
        }
        let larger = Slab(capacity: min(Self.limit, max(slab.capacity * 2, end + count)))
        unsafe larger.base.copyMemory(from: slab.base, byteCount: end)
        pool?.giveBack(slab)
        slab = larger
    }

    @inline(__always)
    func commit(_ count: Int) { end += count }

    func truncate(to end: Int) { self.end = end }

    func append(_ byte: UInt8) throws(ParquetError) {
        try reserve(1)
        unsafe next.pointee = byte
        end += 1
    }

    func append(_ bytes: [UInt8]) throws(ParquetError) {
        try reserve(bytes.count)
        unsafe next.update(from: bytes, count: bytes.count)
        end += bytes.count
    }

    func append(_ bytes: ByteSpan) throws(ParquetError) {
        try reserve(bytes.count)
        unsafe next.update(from: bytes.start, count: bytes.count)
        end += bytes.count
    }

    /// The mark of what was written from `start` on.
    @inline(__always)
    func field(from start: Int, _ kind: bk_kind, isClean: Bool = false) -> bk_field {
        bk_field(start: UInt32(start) | kind.rawValue, end: UInt32(end) | (isClean ? BK_CLEAN.rawValue : 0))
    }

    static let null = bk_field(start: BK_NULL.rawValue, end: 0)
}
