import CBackupKernels

/// Numbers as text, into memory that has room for them; each function returns the bytes it wrote.
enum NumberText {
    @inline(__always)
    static func put(_ value: Int64, _ out: UnsafeMutablePointer<UInt8>) -> Int { unsafe bk_put_signed(value, out) }

    @inline(__always)
    static func put(_ value: UInt64, _ out: UnsafeMutablePointer<UInt8>) -> Int { unsafe bk_put_unsigned(value, out) }

    /// So many digits, with zeros in front.
    @inline(__always)
    static func putDigits(_ value: UInt64, _ count: Int, _ out: UnsafeMutablePointer<UInt8>) {
        unsafe bk_put_digits(value, count, out)
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
