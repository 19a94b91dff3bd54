/// BYTE_STREAM_SPLIT: the first bytes of all values, then all second ones, and so on.
@safe final class SplitStreams: ValueDecoder {
    private let bytes: Cursor
    private let type: PhysicalType
    private let width: Int
    /// Values of the page, and how many of them have come.
    private let total: Int
    private var given = 0
    private let block = Block()

    init(_ bytes: Cursor, _ type: PhysicalType, width: Int) throws(ParquetError) {
        (self.bytes, self.type, self.width) = (bytes, type, width)
        total = width == 0 ? .max : bytes.count / width
        if width > 0 && bytes.count % width != 0 { throw .damaged("the bytes of its values are not \(width) each") }
    }

    func decode(_ wanted: Int, into values: ValueBuffer) throws(ParquetError) -> Int {
        guard wanted <= total - given else { throw .damaged("its values end too early") }
        let count = type == .fixedLengthByteArray ? min(wanted, max(1, (1 << 20) / max(1, width))) : wanted
        block.begin(count * width)
        let out = unsafe block.base, from = unsafe bytes.at
        for byte in 0 ..< width {
            let stream = unsafe from + byte * total + given
            for index in 0 ..< count { unsafe out[index * width + byte] = unsafe stream[index] }
        }
        given += count
        let raw = UnsafeRawPointer(out)
        for index in 0 ..< count {
            switch type {
            case .int32:
                unsafe values.numbers[index] = unsafe Int64(
                    raw.loadUnaligned(fromByteOffset: index * 4, as: Int32.self))
            case .float:
                unsafe values.numbers[index] = unsafe Int64(
                    raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
            case .int64, .double:
                unsafe values.numbers[index] = unsafe raw.loadUnaligned(fromByteOffset: index * 8, as: Int64.self)
            default: unsafe values.spans[index] = unsafe ByteSpan(out + index * width, width)
            }
        }
        return count
    }
}
