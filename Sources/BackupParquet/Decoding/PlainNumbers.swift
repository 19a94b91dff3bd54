import BackupBytes

/// PLAIN: integers and floats, the lowest byte first.
@safe final class PlainNumbers: ValueDecoder {
    private let pool: BlockPool?
    private var bytes: Cursor
    private let type: PhysicalType
    private let width: Int

    init(_ bytes: Cursor, of pool: BlockPool?, _ type: PhysicalType) {
        self.pool = pool
        (self.bytes, self.type, width) = (bytes, type, type.width ?? 8)
    }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        let start: UnsafePointer<UInt8> = try unsafe bytes.take(wanted * width),
            run = ValueRun(numbers: wanted, of: pool)
        unsafe Self.widen(UnsafeRawPointer(start), wanted, type, into: run.numbers)
        return run
    }

    /// Values of this type, one after another, as numbers.
    static func widen(
        _ raw: UnsafeRawPointer, _ count: Int, _ type: PhysicalType, into out: UnsafeMutablePointer<Int64>
    ) {
        switch type {  // hot loops
        case .int32:
            for index in 0 ..< count {
                unsafe out[index] = unsafe Int64(raw.loadUnaligned(fromByteOffset: index * 4, as: Int32.self))
            }
        case .float:
            for index in 0 ..< count {
                unsafe out[index] = unsafe Int64(raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
            }
        default: unsafe UnsafeMutableRawPointer(out).copyMemory(from: raw, byteCount: count * 8)
        }
    }
}
