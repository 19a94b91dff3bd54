import Foundation

/// INSERT INTO t VALUES (…),(…); read the slow, obvious way, without a declared type: each literal says what it is.
/// nil for text that is not exactly such statements.
package struct OracleInsert {
    private let text: [Character]
    private let isMySQL: Bool
    private var at = 0
    private struct NotPlain: Error {}

    /// The JSON lines of all rows, columns c1 … cN by the first.
    package static func read(_ text: String, isMySQL: Bool) -> String? {
        var oracle = OracleInsert(text: Array(text.unicodeScalars.map(Character.init)), isMySQL: isMySQL)
        return try? oracle.statements()
    }

    private init(text: [Character], isMySQL: Bool) {
        self.text = text
        self.isMySQL = isMySQL
    }

    private var next: Character { at < text.count ? text[at] : "\u{0}" }
    private func has(_ word: String) -> Bool { String(text[at...].prefix(word.count)).lowercased() == word }

    private mutating func take(_ word: String) -> Bool {
        guard has(word) else { return false }
        at += word.count
        return true
    }

    private mutating func statements() throws -> String {
        var lines = "", count: Int?
        space()
        while at < text.count {
            guard take("insert into t values") else { throw NotPlain() }
            repeat {
                space()
                let row = try tuple()
                guard row.count == count ?? row.count else { throw NotPlain() }
                count = row.count
                let members = row.enumerated().compactMap { index, value in value.map { "\"c\(index + 1)\":\($0)" } }
                lines += "{\(members.joined(separator: ","))}\n"
                space()
            } while take(",")
            guard take(";") else { throw NotPlain() }
            space()
        }
        return lines
    }

    private func isSpace(_ place: Int) -> Bool {
        place >= text.count || text[place].unicodeScalars.first!.value <= 0x20
    }

    private mutating func space() {
        while at < text.count {
            if next.unicodeScalars.first!.value <= 0x20 && next != "\u{0}" {
                at += 1
                continue
            }
            if take("/*") {
                while at < text.count && !take("*/") { at += 1 }
            } else if (has("--") && (!isMySQL || isSpace(at + 2))) || (isMySQL && next == "#") {
                // To MySQL --5 is a number.
                while at < text.count && next != "\n" { at += 1 }
            } else {
                return
            }
        }
    }

    /// nil: the word DEFAULT.
    private mutating func tuple() throws -> [String?] {
        guard take("(") else { throw NotPlain() }
        var values: [String?] = []
        repeat {
            space()
            values.append(try value())
            space()
        } while take(",")
        guard take(")") else { throw NotPlain() }
        return values
    }

    private mutating func value() throws -> String? {
        if next == "'" { return OracleJSON.string(try string("'", escapes: isMySQL)) }
        if isMySQL && next == "\"" { return OracleJSON.string(try string("\"", escapes: true)) }
        if !isMySQL && take("$$") {
            var out = ""
            while !has("$$") {
                guard at < text.count else { throw NotPlain() }
                out.append(next)
                at += 1
            }
            at += 2
            return OracleJSON.string(out)
        }
        if take("x'") { return try bytes(digits(until: "'")) }
        if !isMySQL && take("b'") {  // MySQL's is refused where no type is known
            let bits = try digits(until: "'")
            guard bits.allSatisfy({ $0 == "0" || $0 == "1" }) else { throw NotPlain() }
            return OracleJSON.string(bits)
        }
        if isMySQL && take("n'") {
            at -= 1
            return OracleJSON.string(try string("'", escapes: true))
        }
        if isMySQL && take("_binary ") {
            space()
            return OracleJSON.string(Data(try string("'", escapes: true).utf8).base64EncodedString())
        }
        if isMySQL && take("0x") {
            let hex = word()
            if hex.isEmpty { throw NotPlain() }
            return try bytes(hex)
        }
        if take("null") { return "null" }
        if take("default") { return nil }
        return try number(word())
    }

    private mutating func string(_ quote: Character, escapes: Bool) throws -> String {
        guard next == quote else { throw NotPlain() }
        at += 1
        var out = ""
        while true {
            guard at < text.count else { throw NotPlain() }
            let character = next
            at += 1
            if character == quote {
                guard next == quote, at < text.count else { return out }
                at += 1
                out.append(quote)
            } else if character == "\\" && escapes {
                guard at < text.count else { throw NotPlain() }
                let known: [Character: String] = [
                    "0": "\0", "b": "\u{8}", "n": "\n", "r": "\r", "t": "\t", "Z": "\u{1A}", "%": "\\%", "_": "\\_",
                ]
                out += known[next] ?? String(next)
                at += 1
            } else {
                out.unicodeScalars.append(contentsOf: character.unicodeScalars)
            }
        }
    }

    private mutating func digits(until end: Character) throws -> String {
        var out = ""
        while next != end {
            guard at < text.count else { throw NotPlain() }
            out.append(next)
            at += 1
        }
        at += 1
        return out
    }

    private mutating func word() -> String {
        var out = ""
        while next.isLetter || next.isNumber || next == "."
            || ("+-".contains(next) && (out.isEmpty || "eE".contains(out.suffix(1))))
        {
            out.append(next)
            at += 1
        }
        return out
    }

    private func bytes(_ hex: String) throws -> String {
        let digits = Array(hex)
        guard digits.count % 2 == 0, digits.allSatisfy(\.isHexDigit) else { throw NotPlain() }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0 ... $0 + 1]), radix: 16)
        }
        return OracleJSON.string(Data(bytes).base64EncodedString())
    }

    /// `-007.50` → `-7.50`, `.5` → `0.5`, `1.` → `1`.
    private func number(_ literal: String) throws -> String {
        guard let match = literal.wholeMatch(of: /([-+]?)([0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?/) else {
            throw NotPlain()
        }
        let (_, sign, whole, fraction, exponent) = match.output
        guard !whole.isEmpty || (fraction?.count ?? 0) > 1 else { throw NotPlain() }
        let kept = whole.drop { $0 == "0" }
        return (sign == "-" ? "-" : "") + (kept.isEmpty ? "0" : kept)
            + (fraction.map { $0.count > 1 ? String($0) : "" } ?? "") + (exponent.map(String.init) ?? "")
    }
}
