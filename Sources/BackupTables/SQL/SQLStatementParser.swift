/// Reads one statement from its first byte. Every step may find that the bytes end too early.
struct SQLStatementParser {
    var lexer: SQLLexer
    let context: CreateTable.Context
    var token = SQLToken(kind: .end, range: 0 ..< 0)

    init(_ lexer: SQLLexer, context: CreateTable.Context) {
        self.lexer = lexer
        self.context = context
    }

    mutating func advance() throws(SQLIncomplete) { token = try lexer.next() }
    var word: String { lexer.word(token) }
    var symbol: UInt8? { lexer.symbol(token) }

    /// The text has ended before the statement has. (A line of psql has no other end.)
    var isCut: Bool { unsafe token.kind == .end && token.range.upperBound == lexer.bytes.count && !lexer.isDelimiter(token) }

    /// The statement; `lexer.position` is then behind it, or, for rows that follow, before the first of them.
    mutating func parse() throws(SQLIncomplete) -> SQLStatement {
        try lexer.skipSpace()
        if lexer.dialect.family == .postgresql, unsafe lexer.position < lexer.bytes.count, unsafe lexer.bytes[lexer.position] == UInt8(ascii: "\\") {
            return try metaCommand()
        }
        try advance()
        switch word {
        case "insert", "replace": return try insert()
        case "copy" where lexer.dialect.family == .postgresql: return try copy()
        case "create": return try create()
        case "use":
            try advance()
            let name = lexer.text(token)
            try skip()
            return .use(name)
        case "set": return try set()
        case "select" where lexer.dialect.family == .postgresql: return try select()
        case "delimiter" where lexer.dialect.family == .mysql: return try delimiter()
        case "update", "delete", "truncate", "load":
            let verb = word.uppercased()
            try skip()
            return .change(verb)
        default:
            try skip()
            return .other
        }
    }

    /// To the end of the statement. A semicolon inside brackets ends nothing (the actions of a PostgreSQL rule).
    mutating func skip() throws(SQLIncomplete) {
        var depth = 0, blocks = 0, previous = ""
        while true {
            if token.kind == .end && (token.range.isEmpty || (depth == 0 && blocks == 0)) { return }
            if lexer.dialect.family == .postgresql {
                let symbol = symbol, word = word
                if symbol == UInt8(ascii: "(") { depth += 1 }
                if symbol == UInt8(ascii: ")") { depth = max(0, depth - 1) }
                // BEGIN ATOMIC … END, the body of a function in standard SQL.
                if word == "atomic" && previous == "begin" { blocks = 1 }
                if word == "case" && blocks > 0 { blocks += 1 }
                if word == "end" && blocks > 0 { blocks -= 1 }
                previous = word
            }
            try advance()
        }
    }

    mutating func line() throws(SQLIncomplete) -> String {
        let start = lexer.position
        while unsafe lexer.position < lexer.bytes.count && lexer.bytes[lexer.position] != 0x0A { lexer.position += 1 }
        if unsafe lexer.position == lexer.bytes.count && !lexer.isWhole { throw SQLIncomplete() }
        let text = unsafe String(decoding: lexer.bytes[start ..< lexer.position], as: UTF8.self)
        return text.trimmingSpace
    }

    /// psql's commands: `\connect name`, `\connect -reuse-previous=on "dbname='name'"`, `\restrict …`.
    mutating func metaCommand() throws(SQLIncomplete) -> SQLStatement {
        let line = try line()
        guard line.hasPrefix("\\connect ") || line.hasPrefix("\\c ") else { return .other }
        var name = line.drop { $0 != " " }.trimmingSpace
        if let range = name.range(of: "dbname=") {
            name = String(name[range.upperBound...]).trimmingCharacters(of: "\"'").unescapingBackslashes
        } else if name.hasPrefix("\"") {
            name = name.trimmingCharacters(of: "\"").replacing("\"\"", with: "\"")
        }
        return .connect(name)
    }

    mutating func delimiter() throws(SQLIncomplete) -> SQLStatement {
        let text = try line()
        return text.isEmpty ? .other : .delimiter(Array(text.utf8))
    }

    /// `a`, `a.b`, `a.b.c`; the token behind it is then current. A table's name in double quotes tells that they are identifiers here.
    mutating func qualifiedName() throws(SQLIncomplete) -> TableName? {
        if word == "only" { try advance() }
        var parts: [String] = []
        while [.word, .quotedName, .string, .number].contains(token.kind) {
            if token.kind == .string { lexer.dialect.ansiQuotes = true }
            parts.append(lexer.text(token))
            try advance()
            guard symbol == UInt8(ascii: ".") else { break }
            try advance()
        }
        return parts.isEmpty ? nil : TableName(parts: parts, family: lexer.dialect.family)
    }
}
