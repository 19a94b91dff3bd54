/// DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.
final class DeltaLengthStrings: ValueDecoder {
    private let page: Block
    private var lengths: DeltaLengths
    private var bytes: Cursor

    init(_ bytes: Cursor, in page: Block, limit: Int) throws(ParquetError) {
        lengths = try DeltaLengths(bytes, limit: limit)
        (self.bytes, self.page) = (lengths.rest, page)
    }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        try unsafe ValueRun(spans: wanted, in: page) { spans throws(ParquetError) in
            let base = unsafe UnsafePointer(page.base)
            var sum = 0
            for index in 0 ..< wanted {
                let count = try lengths.next(), start: UnsafePointer<UInt8> = try unsafe bytes.take(count)
                unsafe spans[index] = ByteSpan(start - base, count)
                sum += count
            }
            return sum
        }
    }
}
