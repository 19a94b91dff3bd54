/// DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.
@safe final class DeltaLengthStrings: ValueDecoder {
    private var lengths: DeltaLengths
    private var bytes: Cursor

    init(_ bytes: Cursor, limit: Int) throws(ParquetError) {
        lengths = try DeltaLengths(bytes, limit: limit)
        self.bytes = lengths.rest
    }

    func decode(_ wanted: Int, into values: ValueBuffer) throws(ParquetError) -> Int {
        for index in 0 ..< wanted {
            let count = try lengths.next(), start: UnsafePointer<UInt8> = try unsafe bytes.take(count)
            unsafe values.spans[index] = unsafe ByteSpan(start, count)
        }
        return wanted
    }
}
