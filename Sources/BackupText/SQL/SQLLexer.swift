import BackupRows
import CBackupKernels

/// A piece of SQL text: what it is, and where it lies.
struct SQLToken: Equatable {
    enum Kind: Equatable { case word, quotedName, string, number, symbol, end }
    var kind: Kind
    var range: Range<Int>
}

/// More bytes are needed to know where the statement ends.
struct SQLIncomplete: Error {}

/// Cuts SQL text into tokens: strings, quoted names, comments and dollar quotes of both families, conditional comments
/// of MySQL (their content counts), and the delimiter of the `mysql` client.
@safe struct SQLLexer {
    let bytes: UnsafeRawBufferPointer
    let isWhole: Bool
    var dialect: SQLDialect
    /// What ends a statement: `;`, unless a DELIMITER command says otherwise.
    var delimiter: [UInt8] = [UInt8(ascii: ";")]
    var position: Int
    /// The next token may be MySQL's `$$ … $$` or `$tag$ … $tag$`: what follows the word AS of a routine or a library.
    var takesDollarQuotes = false
    /// Where a comment of MySQL that holds code (`/*!40101 … */`) was met in text of PostgreSQL.
    private(set) var foreignComment: Int?

    /// `bytes` from `position` on; `isWhole` when nothing follows them.
    init(_ bytes: UnsafeRawBufferPointer, from position: Int = 0, isWhole: Bool, dialect: SQLDialect) {
        unsafe self.bytes = unsafe bytes
        self.position = position
        self.isWhole = isWhole
        self.dialect = dialect
    }

    private func byte(_ at: Int) throws(SQLIncomplete) -> UInt8 {
        if unsafe at < bytes.count { return unsafe bytes[at] }
        if isWhole { return 0 }
        throw SQLIncomplete()
    }

    /// The next token; `.end` at the statement's delimiter (which is taken) or at the end of the text.
    mutating func next() throws(SQLIncomplete) -> SQLToken {
        try skipSpace()
        let start = position
        guard unsafe start < bytes.count else { return SQLToken(kind: .end, range: start ..< start) }
        if unsafe bytes[start...].starts(with: delimiter) {
            position += delimiter.count
            return SQLToken(kind: .end, range: start ..< position)
        }
        let first = unsafe bytes[start]
        switch first {
        case UInt8(ascii: "'"): return try quoted(.string, escapes: dialect.backslashEscapes)
        case UInt8(ascii: "`") where dialect.family == .mysql: return try quoted(.quotedName, escapes: false)
        case UInt8(ascii: "\""):
            return dialect.ansiQuotes
                ? try quoted(.quotedName, escapes: false) : try quoted(.string, escapes: dialect.backslashEscapes)
        case UInt8(ascii: "$") where dialect.family == .postgresql || takesDollarQuotes:
            if let token = try dollarQuoted() { return token }
        case UInt8(ascii: "E"), UInt8(ascii: "e"):
            if dialect.family == .postgresql, try byte(start + 1) == UInt8(ascii: "'") {
                position += 1
                return try quoted(.string, escapes: true)
            }
        case UInt8(ascii: "U"), UInt8(ascii: "u"):
            if dialect.family == .postgresql, try byte(start + 1) == UInt8(ascii: "&"),
                let token = try unicodeQuoted()
            {
                return token
            }
        default: break
        }
        if Self.isWord(first) {
            position += 1
            // The client ends a statement at its delimiter wherever that stands: `END$$`.
            let mayHoldDelimiter = Self.isWord(delimiter[0])
            while try Self.isWord(byte(position)),
                unsafe !(mayHoldDelimiter && bytes[position...].starts(with: delimiter))
            { position += 1 }
            let isNumber = first >= 0x30 && first <= 0x39
            return SQLToken(kind: isNumber ? .number : .word, range: start ..< position)
        }
        position += 1
        return SQLToken(kind: .symbol, range: start ..< position)
    }

    static func isWord(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F || byte == 0x24
            || byte >= 0x80
    }

    private mutating func quoted(_ kind: SQLToken.Kind, escapes: Bool) throws(SQLIncomplete) -> SQLToken {
        let start = position, quote = unsafe bytes[position], multibyte = dialect.multibyte
        position += 1
        while true {
            guard unsafe position < bytes.count else {
                guard isWhole else { throw SQLIncomplete() }
                position = unsafe bytes.count  // an escape may have stepped past it
                return SQLToken(kind: .end, range: start ..< position)
            }
            let byte = unsafe bytes[position]
            if byte == UInt8(ascii: "\\") && escapes {
                position += 2
            } else if byte >= 0x80 && multibyte != 0 {
                position += 2
            } else if byte != quote {
                position += 1
            } else {
                let isDoubled = try self.byte(position + 1) == quote
                position += isDoubled ? 2 : 1
                if !isDoubled { return SQLToken(kind: kind, range: start ..< position) }
            }
        }
    }

    /// `U&"…"` or `U&'…'`, with `UESCAPE '…'` after it where that is there; nil for anything else.
    private mutating func unicodeQuoted() throws(SQLIncomplete) -> SQLToken? {
        let start = position, quote = try byte(start + 2)
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        position = start + 2
        var token = try quoted(quote == UInt8(ascii: "'") ? .string : .quotedName, escapes: false)
        guard token.kind != .end else { return token }
        var ahead = self
        if try ahead.word(ahead.next()) == "uescape", try ahead.next().kind == .string { position = ahead.position }
        token.range = start ..< position
        return token
    }

    private mutating func dollarQuoted() throws(SQLIncomplete) -> SQLToken? {
        let start = position
        var tagEnd = start + 1
        var end = try byte(tagEnd)
        while Self.isWord(end) && end != UInt8(ascii: "$") {
            tagEnd += 1
            end = try byte(tagEnd)
        }
        guard end == UInt8(ascii: "$"), unsafe !(0x30 ... 0x39).contains(bytes[start + 1]) else { return nil }
        let tag = unsafe bytes[start ... tagEnd]
        position = tagEnd + 1
        while unsafe position + tag.count <= bytes.count {
            if unsafe bytes[position] == UInt8(ascii: "$"), unsafe bytes[position...].starts(with: tag) {
                unsafe position += tag.count
                return SQLToken(kind: .string, range: start ..< position)
            }
            position += 1
        }
        if isWhole {
            position = unsafe bytes.count
            return SQLToken(kind: .end, range: start ..< position)
        }
        throw SQLIncomplete()
    }

    /// Steps over white space and comments. `atStatement`: before a statement, where the `mysql` client takes every
    /// `--` for a comment.
    mutating func skipSpace(atStatement: Bool = false) throws(SQLIncomplete) {
        while unsafe position < bytes.count {
            let first = unsafe bytes[position]
            if first == 0x20 || (first >= 0x09 && first <= 0x0D) {
                position += 1
            } else if first == UInt8(ascii: "#") && dialect.family == .mysql {
                try skipLine()
            } else if first == UInt8(ascii: "-"), try isLineComment(atStatement) {
                try skipLine()
            } else if first == UInt8(ascii: "/"), try byte(position + 1) == UInt8(ascii: "*") {
                try skipComment()
            } else if first == UInt8(ascii: "*") && dialect.family == .mysql,
                try byte(position + 1) == UInt8(ascii: "/")
            {
                position += 2
            } else {
                return
            }
        }
        if !isWhole { throw SQLIncomplete() }
    }

    /// `--`; in MySQL inside a statement only before white space, for `--5` is a number there.
    private func isLineComment(_ atStatement: Bool) throws(SQLIncomplete) -> Bool {
        guard try byte(position + 1) == UInt8(ascii: "-") else { return false }
        if dialect.family == .postgresql || atStatement { return true }
        return try byte(position + 2) <= 0x20
    }

    private mutating func skipLine() throws(SQLIncomplete) {
        while unsafe position < bytes.count {
            position += 1
            if unsafe bytes[position - 1] == 0x0A { return }
        }
        if !isWhole { throw SQLIncomplete() }
    }

    /// `!40101` or `M!100100` after the opening of a comment.
    private func holdsCode(_ start: Int) throws(SQLIncomplete) -> Bool {
        var at = start
        if try byte(at) == UInt8(ascii: "M") { at += 1 }
        guard try byte(at) == UInt8(ascii: "!") else { return false }
        for digit in 1 ... 5 { guard try (0x30 ... 0x39).contains(byte(at + digit)) else { return false } }
        return true
    }

    private mutating func skipComment() throws(SQLIncomplete) {
        if dialect.family == .mysql {
            // `/*!40101 …` and `/*M!100100 …` are code for the server: only their frame is skipped. `/*M!999999\-`
            // never is.
            var at = position + 2
            if try byte(at) == UInt8(ascii: "M"), try byte(at + 1) == UInt8(ascii: "!") { at += 1 }
            if try byte(at) == UInt8(ascii: "!") {
                at += 1
                let digits = at
                while try (0x30 ... 0x39).contains(byte(at)) { at += 1 }
                if unsafe !bytes[digits ..< at].elementsEqual("999999".utf8) {
                    position = at
                    return
                }
            }
        }
        if dialect.family == .postgresql, try holdsCode(position + 2) { foreignComment = foreignComment ?? position }
        position += 2
        var depth = 1
        while depth > 0 {
            guard unsafe position + 1 < bytes.count else {
                if isWhole {
                    position = unsafe bytes.count
                    return
                }
                throw SQLIncomplete()
            }
            if unsafe bytes[position] == UInt8(ascii: "*") && bytes[position + 1] == UInt8(ascii: "/") {
                depth -= 1
                position += 2
            } else if unsafe dialect.family == .postgresql && bytes[position] == UInt8(ascii: "/")
                && bytes[position + 1] == UInt8(ascii: "*")
            {
                depth += 1
                position += 2
            } else {
                position += 1
            }
        }
    }
}

extension SQLLexer {
    /// A word in lower case.
    func word(_ token: SQLToken) -> String {
        unsafe token.kind == .word ? String(decoding: bytes[token.range], as: UTF8.self).lowercased() : ""
    }

    /// Whether a statement ends here; else `.end` is the end of the text.
    func isDelimiter(_ token: SQLToken) -> Bool {
        unsafe token.kind == .end && bytes[token.range].elementsEqual(delimiter)
    }

    func symbol(_ token: SQLToken) -> UInt8? { unsafe token.kind == .symbol ? bytes[token.range.lowerBound] : nil }

    /// A name or string without its quotes. Unquoted names of PostgreSQL are in lower case already in what its tools
    /// write.
    func text(_ token: SQLToken) -> String {
        let raw = unsafe bytes[token.range]
        guard token.kind == .quotedName || token.kind == .string, unsafe raw.count >= 2 else {
            return unsafe decode(Array(raw))
        }
        if let text = unicodeText(token) { return text }
        let quote = unsafe raw.first!
        var out: [UInt8] = []
        var index = unsafe raw.startIndex + 1
        while unsafe index < raw.endIndex - 1 {
            if unsafe token.kind == .string && dialect.backslashEscapes && raw[index] == UInt8(ascii: "\\") {
                index += 1
            }
            unsafe out.append(raw[index])
            unsafe index += raw[index] == quote && index + 1 < raw.endIndex - 1 && raw[index + 1] == quote ? 2 : 1
        }
        return decode(out)
    }

    /// The text of `U&"…"`; as it stands where an escape in it means nothing.
    private func unicodeText(_ token: SQLToken) -> String? {
        let raw = unsafe bytes[token.range]
        guard unsafe raw.first! | 0x20 == UInt8(ascii: "u"), unsafe raw.count > 3 else { return nil }
        let quote = unsafe raw[raw.startIndex + 2]
        var text: [UInt8] = [], index = unsafe raw.startIndex + 3
        while unsafe index < raw.endIndex {
            if unsafe raw[index] == quote {
                guard unsafe index + 1 < raw.endIndex, unsafe raw[index + 1] == quote else { break }
                index += 1
            }
            unsafe text.append(raw[index])
            index += 1
        }
        let hasEscape = unsafe index + 1 < raw.endIndex, escape = unsafe hasEscape ? raw[raw.endIndex - 2] : 0x5C
        return decode(UnicodeEscapes.undone(text, escape: escape) ?? text)
    }

    private func decode(_ bytes: [UInt8]) -> String {
        guard let name = dialect.charset, bytes.contains(where: { $0 >= 0x80 }),
            let charset = Charset(named: name, family: dialect.family)
        else {
            return String(decoding: bytes, as: UTF8.self)
        }
        return String(decoding: (try? charset.decode(bytes)) ?? bytes, as: UTF8.self)
    }
}
