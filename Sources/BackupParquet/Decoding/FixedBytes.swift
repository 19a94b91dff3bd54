/// PLAIN: values of a fixed number of bytes.
final class FixedBytes: ValueDecoder {
    private let page: Block
    private var bytes: Cursor
    private let width: Int

    init(_ bytes: Cursor, in page: Block, width: Int) { (self.bytes, self.page, self.width) = (bytes, page, width) }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        let start: UnsafePointer<UInt8> = try unsafe bytes.take(wanted * width),
            first = unsafe start - UnsafePointer(page.base)
        return unsafe ValueRun(spans: wanted, in: page) { spans in
            for index in 0 ..< wanted { unsafe spans[index] = ByteSpan(first + index * width, width) }
            return wanted * width
        }
    }
}
