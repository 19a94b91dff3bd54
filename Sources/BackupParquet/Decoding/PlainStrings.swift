/// PLAIN: byte arrays, each after its length.
@safe final class PlainStrings: ValueDecoder {
    private var bytes: Cursor

    init(_ bytes: Cursor) { self.bytes = bytes }

    func decode(_ wanted: Int, into values: ValueBuffer) throws(ParquetError) -> Int {
        for index in 0 ..< wanted {
            let count = try bytes.length(), start: UnsafePointer<UInt8> = try unsafe bytes.take(count)
            unsafe values.spans[index] = unsafe ByteSpan(start, count)
        }
        return wanted
    }
}
