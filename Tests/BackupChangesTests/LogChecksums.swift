/// Checksums of a log that was changed: as its server would have written it.
enum LogChecksums {
    static func renewed(_ log: [UInt8]) -> [UInt8] {
        var log = log, at = 4
        while at + 19 <= log.count {
            let length = (0 ..< 4).reduce(0) { $0 | Int(log[at + 9 + $1]) << (8 * $1) }
            guard length >= 23, at + length <= log.count else { return log }
            var bytes = Array(log[at ..< at + length - 4])
            if bytes[4] == 15 { bytes[17] &= 0xFE }
            let sum = crc32(bytes)
            for index in 0 ..< 4 { log[at + length - 4 + index] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * index)) }
            at += length
        }
        return log
    }

    /// Of IEEE 802.3, a bit at a time.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0 ..< 8 { sum = sum & 1 != 0 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
