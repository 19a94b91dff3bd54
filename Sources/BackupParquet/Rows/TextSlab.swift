import BackupBytes
import CBackupKernels

/// Texts of values, one after the other in a slab, each marked when it is whole.
@safe final class TextSlab {
    private(set) var slab: Slab
    /// Where the next byte goes. In memory of its own: a property of a class is guarded at each change.
    var end: Int { unsafe offset.pointee }
    private let offset: UnsafeMutablePointer<Int>

    /// The slab's first bytes hold nothing: kernels look at the byte before a value.
    static let front = 16
    /// Offsets of marks are smaller.
    static let limit = Int(BK_OFFSET) - Slab.slack

    /// Whose slab it is, if it is one's.
    private let pool: SlabPool?

    init(_ slab: Slab, of pool: SlabPool? = nil) {
        (self.slab, self.pool) = (slab, pool)
        unsafe offset = .allocate(capacity: 1)
        unsafe offset.initialize(to: Self.front)
        unsafe slab.base.initializeMemory(as: UInt8.self, repeating: 0, count: Self.front)
    }

    deinit { unsafe offset.deallocate() }

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
    func commit(_ count: Int) { unsafe offset.pointee += count }

    func truncate(to end: Int) { unsafe offset.pointee = end }

    @inline(__always)
    func append(_ byte: UInt8) throws(ParquetError) {
        try reserve(1)
        unsafe next.pointee = byte
        commit(1)
    }

    @inline(__always)
    func append(_ text: StaticString) throws(ParquetError) {
        try reserve(text.utf8CodeUnitCount)
        unsafe next.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        commit(text.utf8CodeUnitCount)
    }

    func append(_ bytes: [UInt8]) throws(ParquetError) {
        try reserve(bytes.count)
        unsafe next.update(from: bytes, count: bytes.count)
        commit(bytes.count)
    }

    func append(_ bytes: ValueBytes) throws(ParquetError) {
        try reserve(bytes.count)
        unsafe next.update(from: bytes.start, count: bytes.count)
        commit(bytes.count)
    }

    /// The mark of what was written from `start` on.
    @inline(__always)
    func field(from start: Int, _ kind: bk_kind, isClean: Bool = false) -> bk_field {
        bk_field(start: UInt32(start) | kind.rawValue, end: UInt32(end) | (isClean ? BK_CLEAN.rawValue : 0))
    }

    static let null = bk_field(start: BK_NULL.rawValue, end: 0)
}
