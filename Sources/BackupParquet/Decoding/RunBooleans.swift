/// RLE: booleans as runs, after the number of their bytes.
final class RunBooleans: ValueDecoder {
    private var runs: HybridRuns

    init(_ bytes: Cursor) throws(ParquetError) {
        var bytes = bytes
        let count = try bytes.length()
        runs = HybridRuns(try bytes.take(count), bits: 1)
    }

    func decode(_ wanted: Int, into values: ValueBuffer) throws(ParquetError) -> Int {
        try unsafe runs.decode(wanted, into: values.indexes)
        for index in 0 ..< wanted { unsafe values.numbers[index] = unsafe Int64(values.indexes[index]) }
        return wanted
    }
}
