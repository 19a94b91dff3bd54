/// The events of a log, as far as their lengths make sense.
struct LogEvents {
    var bytes: [UInt8]
    /// Where each event lies.
    private(set) var ranges: [Range<Int>] = []
    private(set) var hasChecksums = false

    private static let headerLength = 19

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var at = 4
        while at + Self.headerLength <= bytes.count {
            let length = (0 ..< 4).reduce(0) { $0 | Int(bytes[at + 9 + $1]) << (8 * $1) }
            guard length >= Self.headerLength, length <= bytes.count - at else { break }
            ranges.append(at ..< at + length)
            at += length
        }
        if let first = ranges.first, first.count > Self.headerLength + 5 {
            hasChecksums = bytes[first.upperBound - 5] == 1
        }
    }

    /// The log with the checksums that a server would have written.
    var withChecksums: [UInt8] {
        guard hasChecksums else { return bytes }
        var bytes = bytes
        for range in ranges where range.count >= Self.headerLength + 4 {
            var event = Array(bytes[range].dropLast(4))
            if event[4] == 15 { event[17] &= 0xFE }
            let sum = Self.crc32(event)
            for index in 0 ..< 4 {
                bytes[range.upperBound - 4 + index] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * index))
            }
        }
        return bytes
    }

    /// The body of an event, without its header and checksum.
    func body(_ index: Int) -> Range<Int> {
        let range = ranges[index], end = range.upperBound - (hasChecksums ? 4 : 0)
        let start = range.lowerBound + Self.headerLength
        return start ..< max(start, end)
    }

    /// The log with another body of an event, whose length says so.
    func replacing(_ index: Int, with body: [UInt8]) -> [UInt8] {
        let range = ranges[index], old = self.body(index)
        var bytes = bytes
        let length = range.count - old.count + body.count
        for byte in 0 ..< 4 { bytes[range.lowerBound + 9 + byte] = UInt8(truncatingIfNeeded: length >> (8 * byte)) }
        bytes.replaceSubrange(old, with: body)
        return bytes
    }

    /// Of IEEE 802.3.
    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8 }
    }

    private static let table: [UInt32] = (0 ..< 256).map { index in
        (0 ..< 8).reduce(UInt32(index)) { sum, _ in sum & 1 != 0 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
}
