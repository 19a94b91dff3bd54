import BackupBytes

/// PLAIN: decimals of a fixed number of bytes, up to eight, the highest first, as numbers.
final class PlainDecimals: ValueDecoder {
    private let pool: BlockPool?
    private var bytes: Cursor
    private let width: Int

    init(_ bytes: Cursor, of pool: BlockPool?, width: Int) {
        (self.bytes, self.width, self.pool) = (bytes, width, pool)
    }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        let start: UnsafePointer<UInt8> = try unsafe bytes.take(wanted * width),
            run = ValueRun(numbers: wanted, of: pool)
        let raw = unsafe UnsafeRawPointer(start), out = unsafe run.numbers, unused = Int64(64 - 8 * width)
        for index in 0 ..< wanted {  // hot loop
            // Bytes past the value are shifted out.
            let word = unsafe raw.loadUnaligned(fromByteOffset: index * width, as: UInt64.self)
            unsafe out[index] = Int64(bitPattern: UInt64(bigEndian: word)) >> unused
        }
        return run
    }
}
