/// Checks JSON text (RFC 8259) and puts it on one line, a byte at a time: what the kernels must equal.
public struct OracleJSONLine {
    /// Objects and arrays inside each other, at the most.
    static let depthLimit = 1000

    private let text: [UInt8]
    private var at = 0
    private var out: [UInt8] = []
    private struct Invalid: Error {}

    /// The text without white space between its tokens, or nil where it is not JSON or an object has a key twice.
    public static func oneLine(_ text: [UInt8]) -> [UInt8]? {
        var scanner = OracleJSONLine(text: text)
        scanner.out.reserveCapacity(text.count)
        guard (try? scanner.document()) != nil else { return nil }
        return scanner.out
    }

    private init(text: [UInt8]) { self.text = text }

    private var next: UInt8? { at < text.count ? text[at] : nil }

    private mutating func document() throws {
        try value(depth: 0)
        skipSpace()
        if at < text.count { throw Invalid() }
        // Strings are text too: invalid UTF-8 is no JSON.
        if String(validating: out, as: UTF8.self) == nil { throw Invalid() }
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func take() {
        out.append(text[at])
        at += 1
    }

    private mutating func expect(_ byte: UInt8) throws {
        skipSpace()
        guard next == byte else { throw Invalid() }
        take()
    }

    private mutating func value(depth: Int) throws {
        guard depth <= Self.depthLimit else { throw Invalid() }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
    }

    private mutating func object(depth: Int) throws {
        take()
        var keys: Set<[UInt8]> = []
        skipSpace()
        if next == UInt8(ascii: "}") {
            take()
            return
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\""), keys.insert(try string()).inserted else { throw Invalid() }
            try expect(UInt8(ascii: ":"))
            try value(depth: depth + 1)
            skipSpace()
            if next == UInt8(ascii: "}") {
                take()
                return
            }
            try expect(UInt8(ascii: ","))
        }
    }

    private mutating func array(depth: Int) throws {
        take()
        skipSpace()
        if next == UInt8(ascii: "]") {
            take()
            return
        }
        while true {
            try value(depth: depth + 1)
            skipSpace()
            if next == UInt8(ascii: "]") {
                take()
                return
            }
            try expect(UInt8(ascii: ","))
        }
    }

    /// Copies a string; returns its text with escapes undone, to find equal keys.
    private mutating func string() throws -> [UInt8] {
        take()
        var bytes: [UInt8] = [], high: UInt16?
        while let byte = next {
            if byte != UInt8(ascii: "\\") && high != nil { throw Invalid() }
            if byte == UInt8(ascii: "\"") {
                take()
                return bytes
            }
            guard byte >= 0x20 else { throw Invalid() }
            take()
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escaped = next else { throw Invalid() }
            take()
            if high != nil && escaped != UInt8(ascii: "u") { throw Invalid() }
            switch escaped {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(escaped)
            case UInt8(ascii: "b"): bytes.append(8)
            case UInt8(ascii: "f"): bytes.append(12)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "u"):
                let unit = try hexUnit()
                if let scalar = try scalar(unit, after: &high) { bytes += Array(Character(scalar).utf8) }
            default: throw Invalid()
            }
        }
        throw Invalid()
    }

    /// Four hex digits, and nothing else that a number may be written with.
    private mutating func hexUnit() throws -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0 ..< 4 {
            guard let digit = next.flatMap({ Character(UnicodeScalar($0)).hexDigitValue }), text[at] < 0x80 else {
                throw Invalid()
            }
            unit = unit << 4 | UInt16(digit)
            take()
        }
        return unit
    }

    /// nil for the first half of a surrogate pair. Half of one alone is no character, and most readers refuse the whole
    /// line.
    private func scalar(_ unit: UInt16, after high: inout UInt16?) throws -> Unicode.Scalar? {
        defer { high = UTF16.isLeadSurrogate(unit) ? unit : nil }
        guard (high != nil) == UTF16.isTrailSurrogate(unit) else { throw Invalid() }
        if UTF16.isLeadSurrogate(unit) { return nil }
        guard let high else { return Unicode.Scalar(unit) }
        return Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00))
    }

    private mutating func word(_ word: String) throws {
        guard text[at...].starts(with: word.utf8) else { throw Invalid() }
        for _ in word.utf8 { take() }
    }

    private mutating func digits() throws {
        guard let byte = next, (0x30 ... 0x39).contains(byte) else { throw Invalid() }
        while let byte = next, (0x30 ... 0x39).contains(byte) { take() }
    }

    private mutating func number() throws {
        if next == UInt8(ascii: "-") { take() }
        if next == UInt8(ascii: "0") { take() } else { try digits() }
        if next == UInt8(ascii: ".") {
            take()
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            take()
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { take() }
            try digits()
        }
    }
}
