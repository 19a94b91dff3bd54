import BackupBytes

/// BYTE_STREAM_SPLIT: the first bytes of all values, then all second ones, and so on.
@safe final class SplitStreams: ValueDecoder {
    private let pool: BlockPool?
    private let bytes: Cursor
    private let type: PhysicalType
    private let width: Int
    /// Values of the page, and how many of them have come.
    private let total: Int
    private var given = 0

    init(_ bytes: Cursor, of pool: BlockPool?, _ type: PhysicalType, width: Int) throws(ParquetError) {
        self.pool = pool
        (self.bytes, self.type, self.width) = (bytes, type, width)
        total = width == 0 ? .max : bytes.count / width
        if width > 0 && bytes.count % width != 0 { throw .damaged("the bytes of its values are not \(width) each") }
    }

    var makesBytes: Bool { type == .fixedLengthByteArray }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        guard wanted <= total - given else { throw .damaged("its values end too early") }
        let count = makesBytes ? min(wanted, max(1, ValueRun.mostBytes / max(1, width))) : wanted
        let block = Block(count * width, of: pool), out = unsafe block.base, from = unsafe bytes.at
        for byte in 0 ..< width {
            let stream = unsafe from + byte * total + given
            for index in 0 ..< count { unsafe out[index * width + byte] = unsafe stream[index] }
        }
        given += count
        if makesBytes {
            return unsafe ValueRun(spans: count, in: block) { spans in
                for index in 0 ..< count { unsafe spans[index] = ByteSpan(index * width, width) }
                return count * width
            }
        }
        let run = ValueRun(numbers: count, of: pool)
        unsafe PlainNumbers.widen(UnsafeRawPointer(out), count, type, into: run.numbers)
        return run
    }
}
