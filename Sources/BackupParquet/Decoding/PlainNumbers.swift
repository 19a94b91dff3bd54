/// PLAIN: integers and floats, the lowest byte first.
@safe final class PlainNumbers: ValueDecoder {
    private var bytes: Cursor
    private let type: PhysicalType
    private let width: Int

    init(_ bytes: Cursor, _ type: PhysicalType) {
        (self.bytes, self.type, width) = (bytes, type, type.width ?? 8)
    }

    func decode(_ wanted: Int, into values: ValueBuffer) throws(ParquetError) -> Int {
        let start: UnsafePointer<UInt8> = try unsafe bytes.take(wanted * width)
        let raw = unsafe UnsafeRawPointer(start)
        let out = unsafe values.numbers
        switch type {  // hot loops
        case .int32:
            for index in 0 ..< wanted {
                unsafe out[index] = unsafe Int64(raw.loadUnaligned(fromByteOffset: index * 4, as: Int32.self))
            }
        case .float:
            for index in 0 ..< wanted {
                unsafe out[index] = unsafe Int64(raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
            }
        default:
            for index in 0 ..< wanted {
                unsafe out[index] = unsafe raw.loadUnaligned(fromByteOffset: index * 8, as: Int64.self)
            }
        }
        return wanted
    }
}
