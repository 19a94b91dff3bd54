import BackupRows

/// Reads one statement from its first byte. Every step may find that the bytes end too early.
struct SQLStatementParser {
    var lexer: SQLLexer
    let context: CreateTable.Context
    /// Unknown text is passed over; else it ends the reading, and nobody asks where it ends.
    let skipsUnknown: Bool
    var token = SQLToken(kind: .end, range: 0 ..< 0)
    /// Why the statement cannot be taken as it is, and where.
    private(set) var failure: (reason: StatementError.Reason, position: Int)?
    /// Of the statement's first byte.
    private(set) var start: Int
    /// The token is the first of its line.
    private(set) var isFirstOfLine = false

    init(_ lexer: SQLLexer, context: CreateTable.Context, skipsUnknown: Bool = false) {
        self.lexer = lexer
        self.context = context
        self.skipsUnknown = skipsUnknown
        start = lexer.position
    }

    mutating func advance() throws(SQLIncomplete) {
        let end = lexer.position
        token = try lexer.next()
        isFirstOfLine = unsafe lexer.bytes[end ..< max(end, token.range.lowerBound)].contains(0x0A)
        if lexer.dialect.family == .postgresql && symbol == UInt8(ascii: "`") {
            fail(.otherDialect(.mysql, sign: "a name in backticks"), at: token.range.lowerBound)
        }
    }
    var word: String { lexer.word(token) }
    var symbol: UInt8? { lexer.symbol(token) }
    var family: SQLDialect.Family { lexer.dialect.family }

    /// The first failure counts.
    mutating func fail(_ reason: StatementError.Reason, at position: Int) { failure = failure ?? (reason, position) }

    /// The text has ended before the statement has. (A line of psql has no other end.)
    var isCut: Bool {
        unsafe token.kind == .end && token.range.upperBound == lexer.bytes.count && !lexer.isDelimiter(token)
    }

    /// The statement; `lexer.position` is then after it, or, for rows that follow, before the first of them.
    mutating func parse() throws(SQLIncomplete) -> SQLStatement {
        try lexer.skipSpace(atStatement: true)
        start = lexer.position
        let statement = try parsed()
        if let comment = lexer.foreignComment {
            fail(.otherDialect(.mysql, sign: "a comment that holds code"), at: comment)
        }
        return statement
    }

    private mutating func parsed() throws(SQLIncomplete) -> SQLStatement {
        let first = unsafe lexer.position < lexer.bytes.count ? lexer.bytes[lexer.position] : 0
        if first == UInt8(ascii: "\\") { return try family == .postgresql ? psqlCommand() : mysqlCommand() }
        if "'\"`".utf8.contains(first) { return try unknown() }  // a search for the quote's end may read very far
        try advance()
        if token.kind == .end { return .other }
        if family == .postgresql, let statement = try naming() { return statement }
        switch word {
        case "insert": return try insert()
        case "replace" where family == .mysql: return try insert()
        case "copy" where family == .postgresql: return try copy()
        case "create": return try create()
        case "alter": return try alter()
        case "drop": return try drop()
        case "rename" where family == .mysql: return try rename()
        case "truncate": return try truncate()
        case "delete": return try delete()
        case "set": return try set()
        case "reset" where family == .postgresql: return try reset()
        case "select": return try select()
        case "with": return try with()
        case "do": return try doStatement()
        case "use" where family == .mysql: return try use()
        case "load" where family == .mysql: return try load()
        case "xa" where family == .mysql: return try xa()
        case "rollback": return try rollback()
        case "start": return try startStatement()
        case "delimiter" where family == .mysql: return try delimiter()
        case "source", "charset": if family == .mysql { return try mysqlCommand() }
        case "":
            if symbol == UInt8(ascii: "("), try isQuery() {
                try skip()
                return .other
            }
        default: break
        }
        if let statement = try simple(word) { return statement }
        return try unknown()
    }

    private mutating func simple(_ word: String) throws(SQLIncomplete) -> SQLStatement? {
        guard let meaning = KnownStatements.meaning(word, family) else { return nil }
        if try isProse() { return nil }
        switch meaning {
        case .plain: try skip()
        case .holder: try skip(holdsStatements: true)
        case .line: _ = try line()
        case .passed(let statement):
            let table = try statement.name == "UPDATE" ? tableOfUpdate() : nil
            try skip()
            return table?.schema == "pg_catalog" ? .other : .notCarriedOut(statement, table)
        case .transaction(let step):
            try skip()
            return .transaction(step)
        }
        return .other
    }

    /// Whether a colon follows the first word, as in `mysqldump: Error …`: a program's message.
    private func isProse() throws(SQLIncomplete) -> Bool {
        var ahead = lexer
        return try ahead.symbol(ahead.next()) == UInt8(ascii: ":")
    }

    private func isQuery() throws(SQLIncomplete) -> Bool {
        var ahead = lexer
        var token = try ahead.next()
        while ahead.symbol(token) == UInt8(ascii: "(") { token = try ahead.next() }
        return ["select", "with", "values", "table"].contains(ahead.word(token))
    }

    private mutating func tableOfUpdate() throws(SQLIncomplete) -> TableName? {
        try advance()
        while ["low_priority", "ignore", "only"].contains(word) { try advance() }
        return try qualifiedName()
    }

    /// To the end of the statement. A semicolon inside brackets ends nothing (the actions of a PostgreSQL rule).
    /// `holdsStatements`: other statements may stand in it; else one that begins a line is a sign that the end is
    /// missing.
    mutating func skip(holdsStatements: Bool = false) throws(SQLIncomplete) {
        var depth = 0, blocks = 0, previous = "", lineStart: Int?
        while true {
            if token.kind == .end && (token.range.isEmpty || (depth == 0 && blocks == 0)) { return }
            let word = word
            if !holdsStatements && blocks == 0, let start = lineStart, Self.beginsStatement(previous, word) {
                return stop(before: start)
            }
            lineStart = isFirstOfLine ? token.range.lowerBound : nil
            if family == .postgresql {
                let symbol = symbol
                if symbol == UInt8(ascii: "(") { depth += 1 }
                if symbol == UInt8(ascii: ")") { depth = max(0, depth - 1) }
                // BEGIN ATOMIC … END, the body of a function in standard SQL.
                if word == "atomic" && previous == "begin" { blocks = 1 }
                if word == "case" && blocks > 0 { blocks += 1 }
                if word == "end" && blocks > 0 { blocks -= 1 }
                if symbol == UInt8(ascii: "\\") {  // \g, \gexec: what ends a statement in psql
                    _ = try line()
                    return
                }
            }
            previous = word
            try advance()
        }
    }

    /// Two words that begin a statement which brings rows or tables.
    static func beginsStatement(_ first: String, _ second: String) -> Bool {
        switch first {
        case "insert": ["into", "ignore", "delayed", "low_priority", "high_priority"].contains(second)
        case "replace": second == "into"
        case "create": second == "table"
        default: false
        }
    }

    /// Another statement begins at `next`: this one has no end.
    mutating func stop(before next: Int) {
        fail(.notEnded, at: start)
        token = SQLToken(kind: .end, range: next ..< next)
        lexer.position = next
    }

    mutating func line() throws(SQLIncomplete) -> String {
        let start = lexer.position
        while unsafe lexer.position < lexer.bytes.count && lexer.bytes[lexer.position] != 0x0A { lexer.position += 1 }
        if unsafe lexer.position == lexer.bytes.count && !lexer.isWhole { throw SQLIncomplete() }
        let text = unsafe String(decoding: lexer.bytes[start ..< lexer.position], as: UTF8.self)
        return text.trimmingSpace
    }

    private mutating func use() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        guard [.word, .quotedName, .string, .number].contains(token.kind) else { return try unknown() }
        let name = lexer.text(token)
        if lexer.delimiter == [UInt8(ascii: ";")], try !isEnd() { return try unknown() }
        try skip()
        return .use(name)
    }

    /// The statement's end follows, or a new line: `USE db` is a command of the client too, which needs no other end.
    private mutating func isEnd() throws(SQLIncomplete) -> Bool {
        let end = lexer.position
        var ahead = lexer
        let next = try ahead.next()
        if next.kind == .end { return true }
        guard unsafe lexer.bytes[end ..< next.range.lowerBound].contains(0x0A) else { return false }
        token = SQLToken(kind: .end, range: end ..< end)
        return true
    }

    private mutating func delimiter() throws(SQLIncomplete) -> SQLStatement {
        let text = try line()
        return text.isEmpty ? .other : .delimiter(Array((text.split(separator: " ").first ?? "").utf8))
    }

    /// `a, b, c`, each a qualified name; the token after them is then current.
    mutating func qualifiedNames() throws(SQLIncomplete) -> [TableName] {
        var names: [TableName] = []
        while let name = try qualifiedName() {
            names.append(name)
            if symbol == UInt8(ascii: "*") { try advance() }  // PostgreSQL: with descendants
            guard symbol == UInt8(ascii: ",") else { break }
            try advance()
        }
        return names
    }
}
