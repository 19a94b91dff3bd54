/// What a record of a log says of itself: FNV-1a over where it lies, its lengths and its bytes. It finds what a disk or
/// an editor has changed; a forged record can have a right one.
enum RecordChecksum {
    static func of(_ key: some Sequence<UInt8>, _ record: [UInt8]?, at offset: Int) -> UInt64 {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ byte: UInt8) { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: offset >> shift)) }
        for byte in key { add(byte) }
        add(record == nil ? 0 : 1)
        for byte in record ?? [] { add(byte) }
        return sum
    }
}
