/// DELTA_BINARY_PACKED.
final class DeltaNumbers: ValueDecoder {
    private var deltas: PackedDeltas

    init(_ bytes: Cursor, isNarrow: Bool, limit: Int) throws(ParquetError) {
        deltas = try PackedDeltas(bytes, isNarrow: isNarrow, limit: limit)
    }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        let run = ValueRun(numbers: wanted)
        try unsafe deltas.decode(wanted, into: run.numbers)
        return run
    }
}
