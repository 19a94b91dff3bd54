import Foundation

/// The words of a statement, comments left out; what stands in a conditional comment counts.
struct Words {
    private(set) var rest: Substring
    /// The last word, in upper case.
    private(set) var last = ""

    init(_ text: String) { rest = text[...] }

    /// The next word in upper case, or a sign of its own; empty at the end.
    mutating func next() -> String {
        skipSpace()
        guard let first = rest.first else {
            last = ""
            return ""
        }
        guard first.isLetter || first == "_" else {
            if first == "`" || first == "\"" {
                last = ""
                return ""
            }
            rest.removeFirst()
            last = String(first)
            return last
        }
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        rest = rest[word.endIndex...]
        last = word.uppercased()
        return last
    }

    /// A name, without its quotes; after a word that may stand before it.
    mutating func name(after word: String? = nil) -> String {
        skipSpace()
        if let word, rest.prefix(word.count).uppercased() == word { rest = rest.dropFirst(word.count) }
        skipSpace()
        guard let quote = rest.first, quote == "`" || quote == "\"" else {
            let name = rest.prefix { !$0.isWhitespace && !"`,.;()=".contains($0) }
            rest = rest[name.endIndex...]
            return String(name)
        }
        rest.removeFirst()
        var name = ""
        while let character = rest.popFirst() {
            if character == quote {
                guard rest.first == quote else { break }
                rest.removeFirst()
            }
            name.append(character)
        }
        return name
    }

    /// A table's name, with its database where it says that.
    mutating func tableName() -> (database: String?, table: String) {
        let first = name()
        skipSpace()
        guard rest.first == "." else { return (nil, first) }
        rest.removeFirst()
        return (first, name())
    }

    /// Whether this sign comes next, which is then passed over.
    mutating func skip(_ sign: Character) -> Bool {
        skipSpace()
        guard rest.first == sign else { return false }
        rest.removeFirst()
        return true
    }

    /// Whether this word comes next, which is then passed over.
    mutating func skip(_ word: String) -> Bool {
        let before = (rest, last)
        if next() == word { return true }
        (rest, last) = before
        return false
    }

    mutating func skipSpace() {
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if rest.hasPrefix("/*!") || rest.hasPrefix("/*M!") {
                rest = rest.dropFirst(rest.hasPrefix("/*!") ? 3 : 4).drop(while: \.isNumber)
            } else if rest.hasPrefix("*/") {
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("/*") {
                rest = rest.range(of: "*/").map { rest[$0.upperBound...] } ?? ""
            } else if rest.hasPrefix("-- ") || first == "#" {
                rest = rest.drop { !$0.isNewline }
            } else {
                return
            }
        }
    }
}
