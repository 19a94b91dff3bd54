/// PLAIN: byte arrays, each after its length.
@safe final class PlainStrings: ValueDecoder {
    private let page: Block
    private var bytes: Cursor
    private let mostBytes: Int

    /// `mostBytes`: of the values that are given at a time, unless one alone has more.
    init(_ bytes: Cursor, in page: Block, mostBytes: Int) {
        (self.bytes, self.page, self.mostBytes) = (bytes, page, mostBytes)
    }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        var given = 0
        let run = try unsafe ValueRun(spans: wanted, in: page) { spans throws(ParquetError) in
            let base = unsafe UnsafePointer(page.base), end = unsafe bytes.end - base
            var at = unsafe bytes.at - base, sum = 0, past = ValueRun.mostBytes
            while given < wanted && sum < mostBytes {  // hot loop
                guard end - at >= 4 else { throw .damaged("its values end too early") }
                let count = unsafe Int((UnsafeRawPointer(base) + at).loadUnaligned(as: UInt32.self))
                at += 4
                guard count <= end - at else { throw .damaged("its values end too early") }
                unsafe spans[given] = ByteSpan(at, count)
                at += count
                sum += count
                given += 1
                if sum >= past {
                    page.evict()
                    past = sum + ValueRun.mostBytes
                }
            }
            // What is not given is empty until the run is cut.
            for index in given ..< wanted { unsafe spans[index] = ByteSpan(at, 0) }
            bytes = unsafe Cursor(base + at, base + end)
            return sum
        }
        return run.first(given)
    }
}
