/// The bytes of a compressed block, read from front to back; nil where they end too early.
@safe struct BlockInput {
    private let bytes: UnsafeRawBufferPointer
    private let count: Int
    private var at = 0

    init(_ bytes: UnsafeRawBufferPointer) { unsafe (self.bytes, count) = unsafe (bytes, bytes.count) }

    var isAtEnd: Bool { at == count }

    mutating func byte() -> UInt8? {
        guard at < count else { return nil }
        defer { at += 1 }
        return unsafe bytes[at]
    }

    /// A number of so many bytes, the lowest first.
    mutating func number(_ count: Int) -> Int? {
        guard count <= self.count - at else { return nil }
        var number = 0
        for index in 0 ..< count { number |= unsafe Int(bytes[at + index]) << (8 * index) }
        at += count
        return number
    }

    mutating func varint() -> Int? {
        var number = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard let byte = byte() else { return nil }
            number |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        return nil
    }

    /// A length of LZ4: four bits, and bytes that are added to them where all of these are set.
    mutating func length(_ bits: Int) -> Int? {
        var length = bits
        guard bits == 15 else { return length }
        while let byte = byte() {
            length += Int(byte)
            if byte < 255 { return length }
        }
        return nil
    }

    mutating func take(_ count: Int) -> UnsafePointer<UInt8>? {
        guard count <= self.count - at, let base = unsafe bytes.baseAddress else { return nil }
        defer { at += count }
        return unsafe (base + at).assumingMemoryBound(to: UInt8.self)
    }
}
