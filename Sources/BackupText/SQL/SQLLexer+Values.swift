import BackupRows

extension SQLLexer {
    /// The value of a string in any of its spellings, or a word or number as it stands.
    func value(_ token: SQLToken) -> String {
        guard token.kind == .string else { return text(token) }
        let start = token.range.lowerBound
        if unsafe bytes[start] == UInt8(ascii: "$") {
            let tag = unsafe bytes[(start + 1) ..< token.range.upperBound].prefix { $0 != UInt8(ascii: "$") }.count + 2
            return unsafe String(decoding: bytes[(start + tag) ..< (token.range.upperBound - tag)], as: UTF8.self)
        }
        let isEscaped =
            unsafe dialect.family == .postgresql && start > 0 && bytes[start - 1] | 0x20 == UInt8(ascii: "e")
        return isEscaped ? Self.undoingEscapes(text(token)) : text(token)
    }

    /// The escapes of `E'…'`, as far as they can stand for one character of ASCII.
    private static func undoingEscapes(_ text: String) -> String {
        var out = "", rest = Array(text)[...]
        while let character = rest.popFirst() {
            guard character == "\\", let next = rest.popFirst() else {
                out.append(character)
                continue
            }
            let simple: [Character: Character] = ["t": "\t", "n": "\n", "r": "\r", "b": "\u{8}", "f": "\u{C}"]
            let digits: String, radix: Int
            if next == "x" {
                (digits, radix) = (String(rest.prefix(2).prefix { $0.isHexDigit }), 16)
                rest = rest.dropFirst(digits.count)
            } else {
                (digits, radix) = (String(([next] + rest.prefix(2)).prefix { "01234567".contains($0) }), 8)
                rest = rest.dropFirst(max(0, digits.count - 1))
            }
            if let code = UInt8(digits, radix: radix), code < 0x80 {
                out.unicodeScalars.append(UnicodeScalar(code))
            } else {
                out.append(simple[next] ?? next)
            }
        }
        return out
    }
}
