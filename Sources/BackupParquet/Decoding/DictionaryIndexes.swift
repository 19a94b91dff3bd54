/// PLAIN_DICTIONARY and RLE_DICTIONARY: indexes of values that stand in the chunk's dictionary.
final class DictionaryIndexes: ValueDecoder {
    private var runs: HybridRuns
    private let limit: UInt32

    /// `limit`: how many values the dictionary has.
    init(_ bytes: Cursor, limit: Int) throws(ParquetError) {
        var bytes = bytes
        let bits = bytes.count == 0 ? 0 : Int(try bytes.byte())
        guard bits <= 32 else { throw .damaged("indexes of \(bits) bits") }
        runs = HybridRuns(bytes, bits: bits)
        self.limit = UInt32(clamping: limit)
    }

    func decode(_ wanted: Int, into values: ValueBuffer) throws(ParquetError) -> Int {
        let out = unsafe values.indexes
        try unsafe runs.decode(wanted, into: out)
        var largest: UInt32 = 0
        for index in 0 ..< wanted { largest = unsafe max(largest, out[index]) }
        guard wanted == 0 || largest < limit else {
            throw .damaged("an index of \(largest) where the dictionary has \(limit) values")
        }
        return wanted
    }
}
