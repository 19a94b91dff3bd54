/// Base64 as MySQL's TO_BASE64 writes it (RFC 4648, lines of 76 characters).
enum Base64Text {
    /// The bytes as hexadecimal digits; nil: the text is no base64.
    static func hex(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var out: [UInt8] = [], group = 0, digits = 0, padding = 0
        out.reserveCapacity(text.count * 3 / 2)
        for index in text.indices {
            let byte = unsafe text[index]
            if byte == 0x0A || byte == 0x0D { continue }
            if byte == UInt8(ascii: "=") {
                padding += 1
                if padding > 2 { return nil }
            } else {
                guard padding == 0, let value = value(byte) else { return nil }
                group |= value
            }
            digits += 1
            if digits % 4 == 0 {
                for shift in [16, 8, 0].prefix(3 - padding) {
                    let byte = group >> shift & 0xFF
                    out.append(Self.digits[byte >> 4])
                    out.append(Self.digits[byte & 15])
                }
                group = 0
            } else {
                group <<= 6
            }
        }
        return digits % 4 == 0 ? out : nil
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func value(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "A") ... UInt8(ascii: "Z"): Int(byte) - 65
        case UInt8(ascii: "a") ... UInt8(ascii: "z"): Int(byte) - 71
        case UInt8(ascii: "0") ... UInt8(ascii: "9"): Int(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
