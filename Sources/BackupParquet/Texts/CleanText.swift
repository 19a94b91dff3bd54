/// Texts that stand in JSON as they are.
enum CleanText {
    /// Copies bytes, and some past them, by words; returns whether JSON escapes none of them. Both sides have slack.
    @inline(__always)
    static func copy(_ from: UnsafePointer<UInt8>, _ to: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
        let source = unsafe UnsafeRawPointer(from), target = UnsafeMutableRawPointer(to)
        var odd: UInt64 = 0, at = 0
        while at + 8 <= count {  // hot loop
            let word = unsafe source.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            unsafe target.storeBytes(of: word, toByteOffset: at, as: UInt64.self)
            odd |= oddBytes(word)
            at += 8
        }
        if at < count {
            let word = unsafe source.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            unsafe target.storeBytes(of: word, toByteOffset: at, as: UInt64.self)
            let here = UInt64(1) << UInt64(8 * (count - at)) &- 1
            odd |= oddBytes(word & here | 0x2020_2020_2020_2020 & ~here)
        }
        return odd == 0
    }

    /// Whether JSON escapes none of these bytes.
    static func isClean(_ value: ByteSpan) -> Bool {
        for index in 0 ..< value.count {
            let byte = unsafe value.start[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
        }
        return true
    }

    /// Not 0 where a byte is a control, a quote or a backslash.
    @inline(__always)
    private static func oddBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101, highs = ones << 7
        let quotes = word ^ ones &* 0x22, slashes = word ^ ones &* 0x5C
        let controls = (word &- ones &* 0x20) & ~word
        return (controls | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes) & highs
    }
}
