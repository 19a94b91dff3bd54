/// Lengths as differences. What they are of follows after the last one, so they are passed over once to find it.
@safe struct DeltaLengths {
    private var deltas: PackedDeltas
    private var left: Int
    private var piece: [Int64] = []
    private var used = 0
    /// What follows them.
    let rest: Cursor

    private static let pieceCount = 256

    /// `limit`: values there can be at the most.
    init(_ bytes: Cursor, limit: Int) throws(ParquetError) {
        deltas = try PackedDeltas(bytes, isNarrow: true, limit: limit)
        left = deltas.total
        var passed = deltas
        try passed.passAll()
        rest = passed.rest
    }

    mutating func next() throws(ParquetError) -> Int {
        if used == piece.count {
            let count = min(left, Self.pieceCount)
            guard count > 0 else { throw .damaged("its values end too early") }
            piece = Array(repeating: 0, count: count)
            try unsafe deltas.decode(count, into: &piece)
            left -= count
            used = 0
        }
        let length = piece[used]
        guard length >= 0 else { throw .damaged("a value of \(length) bytes") }
        used += 1
        return Int(length)
    }
}
