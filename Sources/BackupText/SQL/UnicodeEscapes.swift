/// PostgreSQL's `U&'d\0061t\+000061'`: escapes that name characters by their code points.
enum UnicodeEscapes {
    /// The text between the quotes, doubled ones undone, with its escapes undone; nil: one of them means nothing.
    static func undone(_ text: [UInt8], escape: UInt8 = UInt8(ascii: "\\")) -> [UInt8]? {
        var out: [UInt8] = [], rest = text[...], high: UInt32?
        while let byte = rest.popFirst() {
            guard byte == escape, let next = rest.first else {
                if byte == escape || high != nil { return nil }
                out.append(byte)
                continue
            }
            if next == escape {
                if high != nil { return nil }
                out.append(rest.removeFirst())
                continue
            }
            if next == UInt8(ascii: "+") { rest.removeFirst() }
            let digits = String(decoding: rest.prefix(next == UInt8(ascii: "+") ? 6 : 4), as: UTF8.self)
            guard digits.utf8.count == (next == UInt8(ascii: "+") ? 6 : 4), digits.allSatisfy(\.isHexDigit),
                var code = UInt32(digits, radix: 16)
            else { return nil }
            rest = rest.dropFirst(digits.utf8.count)
            if let first = high {
                guard (0xDC00 ... 0xDFFF).contains(code) else { return nil }
                code = 0x10000 + (first - 0xD800) << 10 + (code - 0xDC00)
                high = nil
            } else if (0xD800 ... 0xDBFF).contains(code) {
                high = code
                continue
            }
            guard code != 0, let scalar = UnicodeScalar(code) else { return nil }
            out += Array(String(Character(scalar)).utf8)
        }
        return high == nil ? out : nil
    }
}
