import BackupBytes

/// PLAIN: booleans, a bit each, the lowest bit first.
final class PlainBooleans: ValueDecoder {
    private let pool: BlockPool?
    private var bytes: Cursor
    private var byte: UInt8 = 0
    private var bitsLeft = 0

    init(_ bytes: Cursor, of pool: BlockPool?) { (self.bytes, self.pool) = (bytes, pool) }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        let run = ValueRun(numbers: wanted, of: pool), out = unsafe run.numbers
        for index in 0 ..< wanted {
            if bitsLeft == 0 { (byte, bitsLeft) = (try bytes.byte(), 8) }
            unsafe out[index] = Int64(byte & 1)
            byte >>= 1
            bitsLeft -= 1
        }
        return run
    }
}
