import BackupBytes

/// RLE: booleans as runs, after the number of their bytes.
final class RunBooleans: ValueDecoder {
    private let pool: BlockPool?
    private var runs: HybridRuns

    init(_ bytes: Cursor, of pool: BlockPool?) throws(ParquetError) {
        self.pool = pool
        var bytes = bytes
        let count = try bytes.length()
        runs = HybridRuns(try bytes.take(count), bits: 1)
    }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        let run = ValueRun(numbers: wanted, of: pool)
        try unsafe runs.decode(wanted, into: run.numbers)
        return run
    }
}
