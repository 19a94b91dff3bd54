/// Numbers as text, into memory that has room for them; each function returns the bytes it wrote.
enum NumberText {
    @inline(__always)
    static func put(_ value: Int64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        if value >= 0 { return unsafe put(UInt64(value), out) }
        unsafe out[0] = UInt8(ascii: "-")
        return unsafe 1 + put(value.magnitude, out + 1)
    }

    @inline(__always)
    static func put(_ value: UInt64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        let count = digitCount(value)
        unsafe putDigits(value, count, out)
        return count
    }

    /// So many digits, with zeros in front.
    @inline(__always)
    static func putDigits(_ value: UInt64, _ count: Int, _ out: UnsafeMutablePointer<UInt8>) {
        var value = value, at = count
        while at >= 2 {
            let (rest, two) = value.quotientAndRemainder(dividingBy: 100), (high, low) = ((two * 103) >> 10, two)
            unsafe out[at - 1] = UInt8(truncatingIfNeeded: 0x30 + low - high * 10)
            unsafe out[at - 2] = UInt8(truncatingIfNeeded: 0x30 + high)
            value = rest
            at -= 2
        }
        if at == 1 { unsafe out[0] = UInt8(truncatingIfNeeded: 0x30 + value % 10) }
    }

    @inline(__always)
    private static func digitCount(_ value: UInt64) -> Int {
        if value < 10 { return 1 }
        if value < 100 { return 2 }
        if value < 1000 { return 3 }
        if value < 10000 { return 4 }
        var count = 5, bound: UInt64 = 100_000
        while value >= bound {
            count += 1
            if count == 20 { break }
            bound *= 10
        }
        return count
    }

    /// The shortest digits that read back to the same value.
    static func put(_ value: Double, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe value.isFinite ? put(value.description, out) : putSpecial(value.isNaN, value < 0, out)
    }

    static func put(_ value: Float, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe value.isFinite ? put(value.description, out) : putSpecial(value.isNaN, value < 0, out)
    }

    static func put(_ value: Float16, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe value.isFinite ? put(value.description, out) : putSpecial(value.isNaN, value < 0, out)
    }

    private static func putSpecial(_ isNaN: Bool, _ isNegative: Bool, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe put(isNaN ? "NaN" : isNegative ? "-Infinity" : "Infinity", out)
    }

    static func put(_ text: String, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            for index in bytes.indices { unsafe out[index] = unsafe bytes[index] }
            return bytes.count
        }
    }
}
