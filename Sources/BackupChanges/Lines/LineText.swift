import BackupBytes
import CBackupKernels

/// JSON that is being written, one value after the other, in a slab.
@safe final class LineText {
    private(set) var slab: Slab
    private(set) var end: Int
    private let pool: SlabPool

    /// The slab's first bytes hold nothing: kernels look at the byte before a value.
    static let front = 16
    /// Offsets of marks are smaller.
    static let limit = Int(BK_OFFSET) - Slab.slack

    init(pool: SlabPool) {
        self.pool = pool
        slab = pool.take()
        end = Self.front
        unsafe slab.base.initializeMemory(as: UInt8.self, repeating: 0, count: Self.front)
    }

    /// The slab with all that was written; another one is begun.
    func takeSlab() -> Slab {
        defer {
            slab = pool.take()
            end = Self.front
            unsafe slab.base.initializeMemory(as: UInt8.self, repeating: 0, count: Self.front)
        }
        slab.end = end
        return slab
    }

    var base: UnsafeMutablePointer<UInt8> { unsafe slab.base.assumingMemoryBound(to: UInt8.self) }
    /// Where the next byte goes.
    var next: UnsafeMutablePointer<UInt8> { unsafe base + end }
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
        pool.giveBack(slab)
        slab = larger
    }

    func commit(_ count: Int) { end += count }

    func truncate(to end: Int) { self.end = end }

    func written(from start: Int) -> EventBytes { unsafe EventBytes(UnsafePointer(base + start), end - start) }

    // MARK: Pieces

    @inline(__always)
    func append(_ byte: UInt8) throws(ChangeError) {
        try reserve(1)
        unsafe next.pointee = byte
        end += 1
    }

    @inline(__always)
    func append(_ bytes: [UInt8]) throws(ChangeError) {
        try reserve(bytes.count)
        unsafe next.update(from: bytes, count: bytes.count)
        end += bytes.count
    }

    func append(_ bytes: EventBytes) throws(ChangeError) {
        try reserve(bytes.count)
        unsafe next.update(from: bytes.next, count: bytes.count)
        end += bytes.count
    }

    /// ASCII alone.
    @inline(__always)
    func append(_ text: StaticString) throws(ChangeError) {
        let count = text.utf8CodeUnitCount
        try reserve(count)
        unsafe next.update(from: text.utf8Start, count: count)
        end += count
    }

    func append(number value: Int) throws(ChangeError) {
        if value < 0 { try append(UInt8(ascii: "-")) }
        try append(digits: UInt64(value.magnitude))
    }

    @inline(__always)
    func append(digits value: UInt64) throws(ChangeError) {
        try reserve(20)
        let count = Self.digitCount(value)
        unsafe Self.putDigits(value, count, next)
        end += count
    }

    /// So many digits, with zeros in front.
    @inline(__always)
    func append(digits value: UInt64, width: Int) throws(ChangeError) {
        try reserve(20)
        unsafe Self.putDigits(value, width, next)
        end += width
    }

    @inline(__always)
    private static func putDigits(_ value: UInt64, _ count: Int, _ out: UnsafeMutablePointer<UInt8>) {
        var value = value, at = count
        while at > 0 {
            at -= 1
            unsafe out[at] = UInt8(truncatingIfNeeded: 0x30 + value % 10)
            value /= 10
        }
    }

    @inline(__always)
    private static func digitCount(_ value: UInt64) -> Int {
        if value < 10 { return 1 }
        if value < 100 { return 2 }
        if value < 1000 { return 3 }
        if value < 10000 { return 4 }
        var count = 5, bound: UInt64 = 100_000
        while value >= bound {
            count += 1
            if count == 20 { break }
            bound *= 10
        }
        return count
    }

    // MARK: Strings

    /// A JSON string of UTF-8; false where it is none, and then nothing is written.
    func appendString(_ value: EventBytes) throws(ChangeError) -> Bool {
        try reserve(value.count + 2)
        let out = unsafe next + 1, from = unsafe value.next
        var odd: UInt64 = 0, high: UInt64 = 0, at = 0
        while at + 8 <= value.count {  // hot loop
            let word = unsafe UnsafeRawPointer(from).loadUnaligned(fromByteOffset: at, as: UInt64.self)
            unsafe UnsafeMutableRawPointer(out).storeBytes(of: word, toByteOffset: at, as: UInt64.self)
            odd |= Self.oddBytes(word)
            high |= word
            at += 8
        }
        while at < value.count {
            let byte = unsafe from[at]
            unsafe out[at] = byte
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { odd = 1 }
            high |= UInt64(byte)
            at += 1
        }
        if high & 0x8080_8080_8080_8080 != 0, unsafe bk_utf8_valid_prefix(from, value.count) != value.count {
            return false
        }
        var count = value.count
        if odd != 0 {
            try reserve(value.count * 6 + 2)
            count = unsafe bk_escape_json(from, value.count, next + 1)
        }
        unsafe next[0] = UInt8(ascii: "\"")
        unsafe next[count + 1] = UInt8(ascii: "\"")
        end += count + 2
        return true
    }

    func appendString(_ bytes: [UInt8]) throws(ChangeError) -> Bool {
        try bytes.withUnsafeBufferPointer { bytes throws(ChangeError) -> Bool in
            guard let start = bytes.baseAddress else {
                try append("\"\"")
                return true
            }
            return try unsafe appendString(EventBytes(start, bytes.count))
        }
    }

    /// Not 0 where a byte is a control, a quote or a backslash.
    @inline(__always)
    private static func oddBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101, highs = ones << 7
        let quotes = word ^ ones &* 0x22, slashes = word ^ ones &* 0x5C
        let controls = (word &- ones &* 0x20) & ~word
        return (controls | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes) & highs
    }
}
