/// PLAIN: byte arrays, each after its length.
@safe final class PlainStrings: ValueDecoder {
    private let page: Block
    private var bytes: Cursor

    init(_ bytes: Cursor, in page: Block) { (self.bytes, self.page) = (bytes, page) }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        try unsafe ValueRun(spans: wanted, in: page) { spans throws(ParquetError) in
            let base = unsafe UnsafePointer(page.base), end = unsafe bytes.end - base
            var at = unsafe bytes.at - base, sum = 0
            for index in 0 ..< wanted {  // hot loop
                guard end - at >= 4 else { throw .damaged("its values end too early") }
                let count = unsafe Int((UnsafeRawPointer(base) + at).loadUnaligned(as: UInt32.self))
                at += 4
                guard count <= end - at else { throw .damaged("its values end too early") }
                unsafe spans[index] = ByteSpan(at, count)
                at += count
                sum += count
            }
            bytes = unsafe Cursor(base + at, base + end)
            return sum
        }
    }
}
