/// DELTA_BINARY_PACKED: blocks of differences, each block with its smallest one and packed into as few bits as need be
/// (parquet-format, "Delta Encoding").
@safe struct PackedDeltas {
    private var bytes: Cursor
    /// Values of the page, and how many of them have come.
    let total: Int
    private var given = 0
    private let perBlock: Int
    private let miniblocks: Int
    private var last: Int64
    private var smallest: Int64 = 0
    /// The bits of the miniblocks of this block, which of them comes next, and what is left of the one before it.
    private var widths: UnsafePointer<UInt8>
    private var next: Int
    private var left = 0
    private var width = 0
    private var packed: UnsafePointer<UInt8>
    private var bit = 0
    /// Wraps at 32 bits.
    private let isNarrow: Bool

    /// `limit`: values there can be at the most.
    init(_ bytes: Cursor, isNarrow: Bool, limit: Int) throws(ParquetError) {
        var bytes = bytes
        let perBlock = try bytes.varint(), miniblocks = try bytes.varint(), total = try bytes.varint()
        last = try bytes.zigzag()
        guard (1 ... 1 << 20).contains(perBlock), (1 ... perBlock).contains(miniblocks),
            perBlock % miniblocks == 0, perBlock / miniblocks % 8 == 0
        else { throw .damaged("blocks of \(perBlock) differences in \(miniblocks) parts") }
        guard total <= UInt64(limit) else { throw .damaged("\(total) values are announced where \(limit) belong") }
        (self.perBlock, self.miniblocks, self.total) = (Int(perBlock), Int(miniblocks), Int(total))
        self.isNarrow = isNarrow
        next = self.miniblocks
        unsafe (widths, packed) = unsafe (bytes.at, bytes.at)
        self.bytes = bytes
        if isNarrow { last = Int64(Int32(truncatingIfNeeded: last)) }
    }

    /// Fills the front of `out`.
    mutating func decode(_ wanted: Int, into out: UnsafeMutablePointer<Int64>) throws(ParquetError) {
        guard wanted <= total - given else { throw .damaged("its values end too early") }
        var filled = 0
        if given == 0 && wanted > 0 {
            unsafe out[0] = last
            filled = 1
        }
        while filled < wanted {
            if left == 0 { try begin() }
            let count = min(left, wanted - filled)
            unsafe unpack(count, into: out + filled)
            left -= count
            filled += count
        }
        given += wanted
    }

    /// Passes over all values that are left.
    mutating func passAll() throws(ParquetError) {
        if total > 0 { given = max(given, 1) }
        while given < total {
            if left == 0 { try begin() }
            given += min(left, total - given)
            left = 0
        }
    }

    /// What follows the values.
    var rest: Cursor { bytes }

    private mutating func begin() throws(ParquetError) {
        if next == miniblocks {
            smallest = try bytes.zigzag()
            unsafe widths = try unsafe bytes.take(miniblocks)
            next = 0
        }
        width = unsafe Int(widths[next])
        guard width <= 64 else { throw .damaged("differences of \(width) bits") }
        next += 1
        left = perBlock / miniblocks
        // The last miniblock may be cut to what holds something.
        let size = left * width / 8, needed = min(left, total - max(given, 1)) * width
        guard bytes.count >= size || bytes.count * 8 >= needed else { throw .damaged("its values end too early") }
        unsafe packed = try unsafe bytes.take(min(size, bytes.count))
        bit = 0
    }

    private mutating func unpack(_ count: Int, into out: UnsafeMutablePointer<Int64>) {
        let mask = width == 64 ? UInt64.max : UInt64(1) << UInt64(width) &- 1, raw = unsafe UnsafeRawPointer(packed)
        var value = last
        for index in 0 ..< count {  // hot loop
            let offset = bit >> 3, shift = UInt64(bit & 7)
            var word = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) >> shift
            if width > 57 && shift > 0 {
                let more = unsafe raw.loadUnaligned(fromByteOffset: offset + 8, as: UInt8.self)
                word |= UInt64(more) << (64 - shift)
            }
            value = value &+ smallest &+ Int64(bitPattern: word & mask)
            if isNarrow { value = Int64(Int32(truncatingIfNeeded: value)) }
            unsafe out[index] = value
            bit += width
        }
        last = value
    }
}
