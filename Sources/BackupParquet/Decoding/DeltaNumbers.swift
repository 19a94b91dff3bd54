import BackupBytes

/// DELTA_BINARY_PACKED.
final class DeltaNumbers: ValueDecoder {
    private let pool: BlockPool?
    private var deltas: PackedDeltas

    init(_ bytes: Cursor, of pool: BlockPool?, isNarrow: Bool, limit: Int) throws(ParquetError) {
        self.pool = pool
        deltas = try PackedDeltas(bytes, isNarrow: isNarrow, limit: limit)
    }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        let run = ValueRun(numbers: wanted, of: pool)
        try unsafe deltas.decode(wanted, into: run.numbers)
        return run
    }
}
