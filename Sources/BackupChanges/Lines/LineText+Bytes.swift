/// Bytes as base64 or hexadecimal.
extension LineText {
    private static let base64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let hex = Array("0123456789abcdef".utf8)

    /// A JSON string of the bytes, and of so many zeros after them.
    func appendBytes(_ value: EventBytes, zeros: Int = 0, isHex: Bool) throws(ChangeError) {
        let length = value.count + zeros
        try reserve(2 * length + 8)
        let out = unsafe next
        unsafe out[0] = UInt8(ascii: "\"")
        var at = 1
        func byte(_ index: Int) -> UInt8 { index < value.count ? value[index] : 0 }
        if isHex {
            for index in 0 ..< length {
                let byte = byte(index)
                unsafe out[at] = Self.hex[Int(byte >> 4)]
                unsafe out[at + 1] = Self.hex[Int(byte & 15)]
                at += 2
            }
        } else {
            at = unsafe putBase64(out, at, length, byte)
        }
        unsafe out[at] = UInt8(ascii: "\"")
        commit(at + 1)
    }

    /// Base64 without quotes.
    func appendBase64(_ value: EventBytes) throws(ChangeError) {
        try reserve(2 * value.count + 8)
        commit(unsafe putBase64(next, 0, value.count) { value[$0] })
    }

    @inline(__always)
    private func putBase64(
        _ out: UnsafeMutablePointer<UInt8>, _ first: Int, _ length: Int, _ byte: (Int) -> UInt8
    ) -> Int {
        var at = first, index = 0
        unsafe Self.base64.withUnsafeBufferPointer { digits in
            while index < length {
                let left = length - index
                let word =
                    UInt32(byte(index)) << 16 | (left > 1 ? UInt32(byte(index + 1)) << 8 : 0)
                    | (left > 2 ? UInt32(byte(index + 2)) : 0)
                unsafe out[at] = unsafe digits[Int(word >> 18)]
                unsafe out[at + 1] = unsafe digits[Int(word >> 12 & 63)]
                unsafe out[at + 2] = unsafe left > 1 ? digits[Int(word >> 6 & 63)] : UInt8(ascii: "=")
                unsafe out[at + 3] = unsafe left > 2 ? digits[Int(word & 63)] : UInt8(ascii: "=")
                at += 4
                index += 3
            }
        }
        return at
    }
}
