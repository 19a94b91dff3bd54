/// PLAIN_DICTIONARY and RLE_DICTIONARY: indexes of values that stand in the chunk's dictionary.
final class DictionaryIndexes: ValueDecoder {
    private var runs: HybridRuns
    private let dictionary: ChunkDictionary
    /// Indexes whose values have too many bytes to be given with those before them.
    private var pending: ArraySlice<UInt32> = []

    /// Values of a dictionary in a file that are given at a time.
    private static let mostInFile = 256

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
        if dictionary.isInFile { return try decodeFromFile(wanted) }
        let indexes = Block(wanted * 4, of: dictionary.pool)
        let memory = unsafe UnsafeMutableRawPointer(indexes.base).assumingMemoryBound(to: UInt32.self)
        try unsafe decode(wanted, into: memory)
        return unsafe dictionary.values(at: memory, wanted)
    }

    /// Values are copied out of the file, and few bytes at a time, unless one value alone has more.
    private func decodeFromFile(_ wanted: Int) throws(ParquetError) -> ValueRun {
        if pending.isEmpty {
            var indexes = [UInt32](repeating: 0, count: min(wanted, Self.mostInFile))
            try unsafe decode(indexes.count, into: &indexes)
            pending = indexes[...]
        }
        var count = 0, sum = 0
        while count < min(wanted, pending.count) && sum < ValueRun.mostBytes {
            sum += dictionary.weight(pending[pending.startIndex + count])
            count += 1
        }
        defer {
            pending = pending.dropFirst(count)
            dictionary.evict()
        }
        return unsafe pending.withUnsafeBufferPointer { pending in
            unsafe pending.baseAddress.map { unsafe dictionary.values(at: $0, count) } ?? ValueRun(numbers: 0, of: nil)
        }.detached()
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
