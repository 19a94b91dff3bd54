/// PLAIN_DICTIONARY and RLE_DICTIONARY: indexes of values that stand in the chunk's dictionary.
final class DictionaryIndexes: ValueDecoder {
    private var runs: HybridRuns
    private let dictionary: ChunkDictionary

    init(_ bytes: Cursor, of dictionary: ChunkDictionary) throws(ParquetError) {
        var bytes = bytes
        let bits = bytes.count == 0 ? 0 : Int(try bytes.byte())
        guard bits <= 32 else { throw .damaged("indexes of \(bits) bits") }
        runs = HybridRuns(bytes, bits: bits)
        self.dictionary = dictionary
    }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        if let texts = dictionary.texts {
            let run = ValueRun(indexes: wanted, of: texts)
            try unsafe decode(wanted, into: run.indexes)
            return run
        }
        let indexes = Block(wanted * 4)
        let memory = unsafe UnsafeMutableRawPointer(indexes.base).assumingMemoryBound(to: UInt32.self)
        try unsafe decode(wanted, into: memory)
        return unsafe dictionary.values(at: memory, wanted)
    }

    private func decode(_ wanted: Int, into out: UnsafeMutablePointer<UInt32>) throws(ParquetError) {
        try unsafe runs.decode(wanted, into: out)
        var largest: UInt32 = 0
        for index in 0 ..< wanted { largest = unsafe max(largest, out[index]) }
        guard wanted == 0 || largest < dictionary.count else {
            throw .damaged("an index of \(largest) where the dictionary has \(dictionary.count) values")
        }
    }
}
