/// Levels of the values of a page: how much of a value's path is there, or which list it continues.
@safe struct Levels {
    private enum Source {
        /// None are written: all are 0.
        case none
        case runs(HybridRuns)
        /// The old form: packed from the highest bit on.
        case packed(Cursor, bits: Int, bit: Int)
    }
    private var source: Source
    private let limit: UInt8

    /// `limit`: the highest there can be.
    init(none limit: Int) { (source, self.limit) = (.none, UInt8(limit)) }

    init(runs bytes: Cursor, limit: Int) {
        source = .runs(HybridRuns(bytes, bits: Self.bits(limit)))
        self.limit = UInt8(limit)
    }

    init(packed bytes: Cursor, limit: Int) {
        source = .packed(bytes, bits: Self.bits(limit), bit: 0)
        self.limit = UInt8(limit)
    }

    static func bits(_ limit: Int) -> Int { Int.bitWidth - limit.leadingZeroBitCount }

    /// Fills the front of `out`.
    mutating func decode(_ wanted: Int, into out: UnsafeMutablePointer<UInt8>) throws(ParquetError) {
        switch source {
        case .none:
            unsafe out.update(repeating: 0, count: wanted)
            return
        case .runs(var runs):
            try unsafe runs.decode(wanted, into: out)
            source = .runs(runs)
        case .packed(let bytes, let bits, var bit):
            guard bit + wanted * bits <= bytes.count * 8 else { throw .damaged("its levels end too early") }
            for index in 0 ..< wanted {
                var level: UInt8 = 0
                for _ in 0 ..< bits {
                    level = unsafe level << 1 | bytes.at[bit >> 3] >> UInt8(7 - bit & 7) & 1
                    bit += 1
                }
                unsafe out[index] = level
            }
            source = .packed(bytes, bits: bits, bit: bit)
        }
        var largest: UInt8 = 0
        for index in 0 ..< wanted { largest = unsafe max(largest, out[index]) }
        guard largest <= limit else { throw .damaged("a level of \(largest) where \(limit) is the highest") }
    }
}
