import BackupRows

/// Text that is no statement we know. Passed over, it may not take a known statement with it:
///
///     mysqldump: [Warning] Using a password …⏎      a program's message is a line
///     In order to ensure …⏎ /*!40101 SET …           a statement or comment at the start of a line ends it
///     INSDRT INTO t VALUES (1); INSERT INTO t …      so does the end of a statement
extension SQLStatementParser {
    mutating func unknown() throws(SQLIncomplete) -> SQLStatement {
        // The text ends in a word: it may have been cut there.
        if unsafe token.kind == .word && lexer.isWhole && token.range.upperBound == lexer.bytes.count {
            token = unsafe SQLToken(kind: .end, range: lexer.bytes.count ..< lexer.bytes.count)
            lexer.position = unsafe lexer.bytes.count
            return .other
        }
        lexer.position = start
        token = SQLToken(kind: .end, range: start ..< start)
        if unsafe start < lexer.bytes.count, unsafe SQLLexer.isWord(lexer.bytes[start]) { try advance() }
        let isMessage = token.kind == .word ? try colonFollows() : false
        if !isMessage, let sign = try signOfOtherFamily() {
            fail(.otherDialect(family == .mysql ? .postgresql : .mysql, sign: sign), at: start)
        }
        if failure != nil { return .other }
        if !skipsUnknown {
            fail(.unknown, at: start)
            return .other
        }
        let table = try isMessage ? nil : tableNamed()
        if isMessage {
            lexer.position = start
            _ = try line()
        } else {
            try skipUnknownText()
        }
        token = SQLToken(kind: .end, range: lexer.position ..< lexer.position)
        return .unknown(table: table)
    }

    private func colonFollows() throws(SQLIncomplete) -> Bool {
        var ahead = lexer
        return try ahead.symbol(ahead.next()) == UInt8(ascii: ":")
    }

    /// First words of statements that the other family alone has, with what follows them there; nothing where that may
    /// be anything.
    private static let signs: [SQLDialect.Family: [String: Set<String>]] = [
        .postgresql: [
            "copy": [], "comment": ["on"], "security": ["label"], "vacuum": ["full", "analyze", "freeze", "verbose"],
            "refresh": ["materialized"],
            "reindex": ["table", "index", "database", "schema", "system"], "reassign": ["owned"],
            "discard": ["all", "plans", "sequences", "temp"],
        ],
        .mysql: [
            "delimiter": [], "unlock": ["tables", "table"], "replace": ["into"],
            "flush": ["tables", "privileges", "logs"], "optimize": ["table", "tables"],
            "change": ["master", "replication"], "use": [],
        ],
    ]

    /// The statement's first words, where they are the other family's.
    private func signOfOtherFamily() throws(SQLIncomplete) -> String? {
        guard let second = Self.signs[family == .mysql ? .postgresql : .mysql]?[word] else { return nil }
        var ahead = lexer
        let next = try ahead.next(), nextWord = ahead.word(next)
        switch word {
        case "copy":  // a table, and where to or from, not far after it
            var token = next
            for _ in 0 ..< 200 where token.kind != .end {
                if ["from", "to"].contains(ahead.word(token)),
                    try ["stdin", "stdout", "program", ""].contains(ahead.word(ahead.next()))
                {
                    return "COPY"
                }
                token = try ahead.next()
            }
            return nil
        case "use": return try ahead.next().kind == .end ? "USE" : nil
        case let first where second.isEmpty: return first.uppercased()
        case let first: return second.contains(nextWord) ? "\(first) \(nextWord)".uppercased() : nil
        }
    }

    /// The table that the statement seems to speak of: INTO t, TABLE t, FROM t.
    private func tableNamed() throws(SQLIncomplete) -> TableName? {
        var ahead = self
        for _ in 0 ..< 6 where ahead.token.kind != .end {
            let isBefore = ["into", "table", "from"].contains(ahead.word)
            try ahead.advance()
            if isBefore { return try ahead.qualifiedName() }
        }
        return nil
    }

    // MARK: Where it ends

    private mutating func skipUnknownText() throws(SQLIncomplete) {
        let bytes = unsafe lexer.bytes
        var at = start, quote: UInt8?, hidesEnd = false
        while true {
            guard at < bytes.count else {
                if !lexer.isWhole { throw SQLIncomplete() }
                break
            }
            let byte = unsafe bytes[at]
            if byte == 0x0A {
                if try beginsKnown(at + 1) {
                    if quote != nil { hidesEnd = true }
                    break
                }
            } else if let open = quote {
                if byte == UInt8(ascii: "\\") && lexer.dialect.backslashEscapes {
                    at += 1
                } else if byte == open {
                    quote = nil
                }
            } else if unsafe bytes[at...].starts(with: lexer.delimiter) {
                at += lexer.delimiter.count
                break
            } else if "'\"`".utf8.contains(byte) && !isApostrophe(at) {
                quote = byte
            }
            at += 1
        }
        if hidesEnd { fail(.unclearEnd, at: start) }
        lexer.position = min(at, bytes.count)
    }

    /// A quote inside a word, as in `don't`; a prefix of one letter is none.
    private func isApostrophe(_ at: Int) -> Bool {
        guard at > start, unsafe SQLLexer.isWord(lexer.bytes[at - 1]) else { return false }
        let isPrefix =
            unsafe (at - 1 == start || !SQLLexer.isWord(lexer.bytes[at - 2]))
            && "nNeExXbB".utf8.contains(lexer.bytes[at - 1])
        return !isPrefix
    }

    /// Whether a comment or a statement that we know begins on the line at `position`.
    private func beginsKnown(_ position: Int) throws(SQLIncomplete) -> Bool {
        var ahead = lexer
        ahead.position = position
        while unsafe ahead.position < ahead.bytes.count, unsafe ahead.bytes[ahead.position] <= 0x20,
            unsafe ahead.bytes[ahead.position] != 0x0A
        { ahead.position += 1 }
        let rest = unsafe ahead.bytes[ahead.position...]
        if unsafe rest.count < 3 && !ahead.isWhole { throw SQLIncomplete() }
        if unsafe rest.starts(with: "-- ".utf8) || rest.starts(with: "--\n".utf8) || rest.starts(with: "/*".utf8) {
            return true
        }
        if unsafe rest.first == UInt8(ascii: "\\") { return family == .postgresql }
        if unsafe rest.first == 0x0A { return false }
        let first = try ahead.next(), second = try ahead.next()
        let words = (ahead.word(first), ahead.word(second))
        switch words.0 {
        case "insert": return ["into", "ignore", "delayed", "low_priority", "high_priority"].contains(words.1)
        case "replace": return words.1 == "into"
        case "create", "alter", "drop":
            return KnownStatements.isObject(words.1, of: family) || KnownStatements.modifiers.contains(words.1)
        case "lock", "unlock": return words.1.hasPrefix("table")
        case "set": return second.kind == .word || ahead.symbol(second) == UInt8(ascii: "@")
        case "begin", "commit", "rollback", "end":
            return second.kind == .end || ["transaction", "work"].contains(words.1)
        case "start": return words.1 == "transaction"
        case "use": return try ahead.next().kind == .end
        case "delimiter": return true
        case "copy": return second.kind == .word || second.kind == .quotedName
        case "select": return words.1 == "pg_catalog"
        case "truncate", "rename", "comment": return ["table", "on"].contains(words.1)
        default: return false
        }
    }
}
