import BackupBytes
import CBackupKernels

/// JSON that is being written, one value after the other, in a slab.
@safe final class LineText {
    private(set) var slab: Slab
    /// Where the next byte goes. In memory of its own: a property of a class is guarded at each change.
    var end: Int { unsafe offset.pointee }
    private let offset: UnsafeMutablePointer<Int>
    private var pool: SlabPool?

    /// The slab's first bytes hold nothing: kernels look at the byte before a value.
    static let front = 16
    /// Offsets of marks are smaller.
    static let limit = Int(BK_OFFSET) - Slab.slack

    /// Without memory, until text begins.
    init() {
        slab = Slab(capacity: Self.front)
        unsafe offset = .allocate(capacity: 1)
        unsafe offset.initialize(to: Self.front)
    }

    convenience init(pool: SlabPool) {
        self.init()
        begin(in: pool)
    }

    deinit { unsafe offset.deallocate() }

    /// Text begins in a slab of this pool, with room for so many bytes.
    func begin(in pool: SlabPool, atLeast count: Int = 0) {
        self.pool = pool
        slab = pool.take(atLeast: count)
        unsafe offset.pointee = Self.front
        unsafe slab.base.initializeMemory(as: UInt8.self, repeating: 0, count: Self.front)
    }

    /// The slab with all that was written, from its start to its end; text begins in another one.
    func takeSlab() -> Slab {
        let written = slab
        (written.start, written.end) = (Self.front, end)
        if let pool { begin(in: pool) }
        return written
    }

    /// Lets go of the slab, and of what was written.
    func release() {
        pool?.giveBack(slab)
        slab = Slab(capacity: Self.front)
        unsafe offset.pointee = Self.front
    }

    var base: UnsafeMutablePointer<UInt8> { unsafe slab.base.assumingMemoryBound(to: UInt8.self) }
    /// Where the next byte goes.
    var next: UnsafeMutablePointer<UInt8> { unsafe base + end }
    /// Bytes that are free.
    var room: Int { slab.capacity - end }
    /// Bytes written.
    var count: Int { end - Self.front }

    /// Makes room for so many bytes.
    @inline(__always)
    func reserve(_ count: Int) throws(ChangeError) {
        if count > slab.capacity - end { try grow(count) }
    }

    private func grow(_ count: Int) throws(ChangeError) {
        guard count <= Self.limit - end else {
            throw ChangeError(.overLimit, "the lines of a row are longer than \(Self.limit) bytes")
        }
        let larger = Slab(capacity: min(Self.limit, max(slab.capacity * 2, end + count)))
        unsafe larger.base.copyMemory(from: slab.base, byteCount: end)
        pool?.giveBack(slab)
        slab = larger
    }

    @inline(__always)
    func commit(_ count: Int) { unsafe offset.pointee += count }

    func truncate(to end: Int) { unsafe offset.pointee = end }

    func written(from start: Int) -> EventBytes { unsafe EventBytes(UnsafePointer(base + start), end - start) }

    // MARK: Pieces

    @inline(__always)
    func append(_ byte: UInt8) throws(ChangeError) {
        try reserve(1)
        unsafe next.pointee = byte
        commit(1)
    }

    @inline(__always)
    func append(_ bytes: [UInt8]) throws(ChangeError) {
        try reserve(bytes.count)
        unsafe next.update(from: bytes, count: bytes.count)
        commit(bytes.count)
    }

    func append(_ bytes: EventBytes) throws(ChangeError) {
        try reserve(bytes.count)
        unsafe next.update(from: bytes.next, count: bytes.count)
        commit(bytes.count)
    }

    /// Bytes of a piece, 15 past whose end can be read.
    @inline(__always)
    func append(short bytes: UnsafePointer<UInt8>, _ count: Int) throws(ChangeError) {
        try reserve(count)
        unsafe bk_copy_sixteens(bytes, next, count)
        commit(count)
    }

    /// What lies in memory of another.
    func append(copyOf bytes: UnsafeBufferPointer<UInt8>) throws(ChangeError) {
        guard let start = bytes.baseAddress else { return }
        try unsafe append(EventBytes(start, bytes.count))
    }

    /// ASCII alone.
    @inline(__always)
    func append(_ text: StaticString) throws(ChangeError) {
        let count = text.utf8CodeUnitCount
        try reserve(count)
        unsafe next.update(from: text.utf8Start, count: count)
        commit(count)
    }

    func append(number value: Int) throws(ChangeError) {
        try reserve(Self.shortRoom)
        commit(unsafe bk_put_signed(Int64(value), next))
    }

    @inline(__always)
    func append(digits value: UInt64) throws(ChangeError) {
        try reserve(Self.shortRoom)
        commit(unsafe bk_put_unsigned(value, next))
    }

    /// Room for any number, date or time.
    static let shortRoom = 40

    // MARK: Strings

    /// A JSON string of UTF-8; false where it is none, and then nothing is written.
    func appendString(_ value: EventBytes) throws(ChangeError) -> Bool {
        try reserve(value.count + 2)
        let from = unsafe value.next, kinds = unsafe Int(bk_copy_exactly(from, next + 1, value.count))
        var count = value.count
        if kinds != 0 {
            if kinds & BK_HAS_HIGH_BYTES != 0, unsafe bk_utf8_valid_prefix(from, count) != count {
                return false
            }
            if kinds & BK_HAS_ESCAPES != 0 { count = try escape(value) }
        }
        unsafe next[0] = UInt8(ascii: "\"")
        unsafe next[count + 1] = UInt8(ascii: "\"")
        commit(count + 2)
        return true
    }

    /// A JSON string of ASCII; false where it is none, and then nothing is written.
    func appendASCII(_ value: EventBytes) throws(ChangeError) -> Bool {
        try reserve(value.count + 2)
        let kinds = unsafe Int(bk_copy_exactly(value.next, next + 1, value.count))
        if kinds & BK_HAS_HIGH_BYTES != 0 { return false }
        let count = kinds & BK_HAS_ESCAPES != 0 ? try escape(value) : value.count
        unsafe next[0] = UInt8(ascii: "\"")
        unsafe next[count + 1] = UInt8(ascii: "\"")
        commit(count + 2)
        return true
    }

    /// Writes text after the next byte as the inside of a string; returns its bytes. A long one a piece at a time:
    /// escapes could make it six times as long, and seldom do.
    private func escape(_ value: EventBytes) throws(ChangeError) -> Int {
        let start = end
        var at = 0, length = 1
        while at < value.count {
            let piece = min(value.count - at, Self.longPiece)
            commit(length)
            defer { truncate(to: start) }
            try reserve(piece * 6 + 2)
            length += unsafe bk_escape_json(value.next + at, piece, next)
            at += piece
        }
        return length - 1
    }

    private static let longPiece = 256 * 1024

    func appendString(_ bytes: [UInt8]) throws(ChangeError) -> Bool {
        try unsafe bytes.withUnsafeBufferPointer { bytes throws(ChangeError) -> Bool in
            guard let start = bytes.baseAddress else {
                try append("\"\"")
                return true
            }
            return try unsafe appendString(EventBytes(start, bytes.count))
        }
    }
}
