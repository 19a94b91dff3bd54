/// Bytes of a block that are read from front to back; the block must outlive it.
@safe struct Cursor {
    private(set) var at: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>

    init(_ at: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        unsafe (self.at, self.end) = unsafe (at, end)
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ none: UnsafePointer<UInt8>) {
        let base = unsafe bytes.baseAddress ?? none
        unsafe self.init(base, base + bytes.count)
    }

    var count: Int { unsafe end - at }

    /// So many bytes, which are passed.
    mutating func take(_ count: Int) throws(ParquetError) -> UnsafePointer<UInt8> {
        guard count >= 0, count <= self.count else { throw .damaged("its values end too early") }
        defer { unsafe at += count }
        return unsafe at
    }

    mutating func take(_ count: Int) throws(ParquetError) -> Cursor {
        let start: UnsafePointer<UInt8> = try unsafe take(count)
        return unsafe Cursor(start, start + count)
    }

    mutating func byte() throws(ParquetError) -> UInt8 {
        let byte: UnsafePointer<UInt8> = try unsafe take(1)
        return unsafe byte.pointee
    }

    /// Four bytes, the lowest first.
    mutating func length() throws(ParquetError) -> Int {
        let bytes: UnsafePointer<UInt8> = try unsafe take(4)
        return Int(unsafe UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
    }

    mutating func varint() throws(ParquetError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .damaged("a number of more than 64 bits")
    }

    mutating func zigzag() throws(ParquetError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
