/// The hybrid of run lengths and packed bits that levels, booleans and indexes are written in (parquet-format,
/// "RLE / Bit-Packing Hybrid"): runs of one value, or groups of eight packed ones.
///
///     0A 05         varint 10, even: a run of 5 times the value 5
///     03 88 C6 FA   varint 3, odd: one group of eight values of 3 bits each
@safe struct HybridRuns {
    private var bytes: Cursor
    private let bits: Int
    /// What is left of the run, and its value or, packed, where its next bit is.
    private var left = 0
    private var isPacked = false
    private var value: UInt32 = 0
    private var packed: UnsafePointer<UInt8>
    private var bit = 0

    /// `bits`: of a value, up to 32.
    init(_ bytes: Cursor, bits: Int) {
        (self.bytes, self.bits) = (bytes, bits)
        unsafe packed = unsafe bytes.at
    }

    /// Fills the front of `out` with so many values.
    mutating func decode<Value: FixedWidthInteger>(
        _ wanted: Int, into out: UnsafeMutablePointer<Value>
    ) throws(ParquetError) {
        var filled = 0
        while filled < wanted {
            if left == 0 { try begin() }
            let count = min(left, wanted - filled)
            if isPacked {
                unsafe unpack(count, into: out + filled)
            } else {
                unsafe (out + filled).update(repeating: Value(truncatingIfNeeded: value), count: count)
            }
            left -= count
            filled += count
        }
    }

    /// The next run. Where values have no bits, nothing needs to be written for them.
    private mutating func begin() throws(ParquetError) {
        if bits == 0 && bytes.count == 0 {
            (isPacked, value, left) = (false, 0, .max)
            return
        }
        let header = try bytes.varint()
        guard header >> 1 <= 1 << 31 else { throw .damaged("a run of more values than there can be") }
        isPacked = header & 1 == 1
        if isPacked {
            // The last group may be cut to the bytes that hold something.
            let size = min(Int(header >> 1) * bits, bytes.count)
            left = bits == 0 ? Int(header >> 1) * 8 : size * 8 / bits
            if left == 0 && header > 1 { throw .damaged("its levels or indexes end too early") }
            unsafe packed = try unsafe bytes.take(size)
            bit = 0
        } else {
            left = Int(header >> 1)
            value = 0
            for index in 0 ..< (bits + 7) / 8 { value |= UInt32(try bytes.byte()) << UInt32(8 * index) }
        }
    }

    private mutating func unpack<Value: FixedWidthInteger>(_ count: Int, into out: UnsafeMutablePointer<Value>) {
        let mask = UInt64(1) << UInt64(bits) &- 1, raw = unsafe UnsafeRawPointer(packed), bits = bits
        var at = bit, index = 0
        if bits <= 8 && at & 7 == 0 {
            // Eight values have as many bytes as one has bits.
            while index + 8 <= count {  // hot loop
                var word = unsafe raw.loadUnaligned(fromByteOffset: at >> 3, as: UInt64.self)
                for step in 0 ..< 8 {
                    unsafe out[index + step] = Value(truncatingIfNeeded: word & mask)
                    word >>= UInt64(bits)
                }
                at += bits * 8
                index += 8
            }
        }
        while index < count {  // hot loop
            let word = unsafe raw.loadUnaligned(fromByteOffset: at >> 3, as: UInt64.self)
            unsafe out[index] = Value(truncatingIfNeeded: word >> UInt64(at & 7) & mask)
            at += bits
            index += 1
        }
        bit = at
    }
}
