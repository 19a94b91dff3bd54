/// RFC 8259 in UTF-8 (RFC 3629), a byte at a time; nothing is forgiven.
struct StrictJSON {
    private let bytes: [UInt8]
    private var at = 0

    /// Whether the bytes are one object and nothing else.
    static func isObject(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == UInt8(ascii: "{"), String(validating: bytes, as: UTF8.self) != nil else { return false }
        var json = StrictJSON(bytes)
        return json.value() && json.at == bytes.count
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skip(_ sign: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: sign) else { return false }
        at += 1
        return true
    }

    private mutating func word(_ word: String) -> Bool {
        guard bytes[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }

    private mutating func value() -> Bool {
        switch next {
        case UInt8(ascii: "{"): members("{", "}") { $0.string() && $0.skip(":") && $0.value() }
        case UInt8(ascii: "["): members("[", "]") { $0.value() }
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "t"): word("true")
        case UInt8(ascii: "f"): word("false")
        case UInt8(ascii: "n"): word("null")
        default: number()
        }
    }

    private mutating func members(
        _ start: Unicode.Scalar, _ end: Unicode.Scalar, _ member: (inout StrictJSON) -> Bool
    ) -> Bool {
        _ = skip(start)
        if skip(end) { return true }
        repeat { if !member(&self) { return false } } while skip(",")
        return skip(end)
    }

    private mutating func string() -> Bool {
        guard skip("\"") else { return false }
        while let byte = next {
            at += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte < 0x20 { return false }
            if byte == UInt8(ascii: "\\"), !escape() { return false }
        }
        return false
    }

    private mutating func escape() -> Bool {
        guard let kind = next else { return false }
        at += 1
        guard kind == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(kind) }
        for _ in 0 ..< 4 {
            guard let digit = next, Character(Unicode.Scalar(digit)).isHexDigit else { return false }
            at += 1
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = at
        while let digit = next, digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") { at += 1 }
        return at > start
    }

    private mutating func number() -> Bool {
        _ = skip("-")
        if !skip("0") && !digits() { return false }
        if skip("."), !digits() { return false }
        if skip("e") || skip("E") {
            _ = skip("-") || skip("+")
            return digits()
        }
        return true
    }
}
