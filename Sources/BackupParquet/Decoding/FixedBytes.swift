/// PLAIN: values of a fixed number of bytes.
@safe final class FixedBytes: ValueDecoder {
    private var bytes: Cursor
    private let width: Int

    init(_ bytes: Cursor, width: Int) { (self.bytes, self.width) = (bytes, width) }

    func decode(_ wanted: Int, into values: ValueBuffer) throws(ParquetError) -> Int {
        let start: UnsafePointer<UInt8> = try unsafe bytes.take(wanted * width)
        for index in 0 ..< wanted { unsafe values.spans[index] = unsafe ByteSpan(start + index * width, width) }
        return wanted
    }
}
