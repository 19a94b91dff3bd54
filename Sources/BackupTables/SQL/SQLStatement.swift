/// A statement as far as a reader of rows has to know it.
enum SQLStatement {
    /// INSERT or REPLACE … VALUES: the tuples follow. `columns` is nil without a list.
    case insert(TableName, columns: [String]?)
    /// A row of defaults only.
    case insertDefaults(TableName)
    /// INSERT … SELECT, INSERT … SET: rows that only a server could make.
    case insertExpression(TableName)
    /// COPY … FROM stdin: the lines follow.
    case copy(TableName, columns: [String]?, CSVDialect)
    /// COPY with options that are not known, or in binary.
    case copyOptions(TableName)
    case createTable(TableSchema)
    /// CREATE TABLE that cannot be read, and why.
    case unreadableTable(String)
    case createView(TableName)
    case createDomain(String, ColumnKind)
    case use(String)
    case searchPath(String?)
    case setting(name: String, value: String)
    case connect(String)
    case delimiter([UInt8])
    /// UPDATE, DELETE, TRUNCATE, LOAD DATA: it changes rows, and only a server could carry it out.
    case change(String)
    case other
}

/// Reads one statement from its first byte. Every step may find that the bytes end too early.
struct SQLStatementParser {
    private(set) var lexer: SQLLexer
    private let context: CreateTable.Context
    private var token = SQLToken(kind: .end, range: 0 ..< 0)

    init(_ lexer: SQLLexer, context: CreateTable.Context) {
        self.lexer = lexer
        self.context = context
    }

    private mutating func advance() throws(SQLIncomplete) { token = try lexer.next() }
    private var word: String { lexer.word(token) }
    private var symbol: UInt8? { lexer.symbol(token) }

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
    private mutating func skip() throws(SQLIncomplete) {
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

    private mutating func line() throws(SQLIncomplete) -> String {
        let start = lexer.position
        while unsafe lexer.position < lexer.bytes.count && lexer.bytes[lexer.position] != 0x0A { lexer.position += 1 }
        if unsafe lexer.position == lexer.bytes.count && !lexer.isWhole { throw SQLIncomplete() }
        let text = unsafe String(decoding: lexer.bytes[start ..< lexer.position], as: UTF8.self)
        return text.trimmingSpace
    }

    /// psql's commands: `\connect name`, `\connect -reuse-previous=on "dbname='name'"`, `\restrict …`.
    private mutating func metaCommand() throws(SQLIncomplete) -> SQLStatement {
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

    private mutating func delimiter() throws(SQLIncomplete) -> SQLStatement {
        let text = try line()
        return text.isEmpty ? .other : .delimiter(Array(text.utf8))
    }

    // MARK: Rows

    private mutating func insert() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        while ["low_priority", "delayed", "high_priority", "ignore", "into"].contains(word) { try advance() }
        guard let name = try qualifiedName() else { try skip(); return .other }
        var columns: [String]?
        if symbol == UInt8(ascii: "(") {
            var list: [String] = []
            try advance()
            while symbol != UInt8(ascii: ")") {
                if token.kind == .end { return isCut ? .other : .insertExpression(name) }
                if symbol != UInt8(ascii: ",") { list.append(lexer.text(token)) }
                try advance()
            }
            columns = list
            try advance()
        }
        if word == "as" { for _ in 0 ..< 2 { try advance() } }
        if word == "overriding" { for _ in 0 ..< 3 { try advance() } }
        if word == "default" { try skip(); return .insertDefaults(name) }
        guard word == "values" || word == "value" else {
            let mayBeCut = token.kind == .end || (token.kind == .word && "values".hasPrefix(word))
            try skip()
            return mayBeCut && isCut ? .other : .insertExpression(name)
        }
        return .insert(name, columns: columns)
    }

    private mutating func copy() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        guard let name = try qualifiedName() else { try skip(); return .other }
        var columns: [String]?
        if symbol == UInt8(ascii: "(") {
            var list: [String] = []
            try advance()
            while symbol != UInt8(ascii: ")") && token.kind != .end {
                if symbol != UInt8(ascii: ",") { list.append(lexer.text(token)) }
                try advance()
            }
            columns = list
            try advance()
        }
        guard word == "from" else { try skip(); return .other }
        try advance()
        guard word == "stdin" else { try skip(); return .other }
        try advance()
        let dialect = try copyDialect()
        _ = try line()
        if unsafe lexer.position < lexer.bytes.count { lexer.position += 1 }
        return dialect.map { .copy(name, columns: columns, $0) } ?? .copyOptions(name)
    }

    /// COPY's options in all their spellings: `WITH (FORMAT csv, NULL 'x')`, `CSV HEADER DELIMITER AS ';'`; nil for those not known.
    private mutating func copyDialect() throws(SQLIncomplete) -> CSVDialect? {
        var options: [String: String] = [:], name = "", isKnown = true
        while token.kind != .end {
            switch word {
            case "with", "as": break
            case "csv", "text", "binary":
                options["format"] = word
                name = ""
            case "format", "delimiter", "null", "quote", "escape", "header":
                name = word
                options[name] = name == "header" ? "true" : ""
            case "": if token.kind == .string, !name.isEmpty { options[name] = lexer.text(token) }
            case "true", "on": break
            case "false", "off": options[name] = "false"
            default: isKnown = false
            }
            try advance()
        }
        return isKnown ? CSVDialect(copyOptions: options) : nil
    }

    /// `a`, `a.b`, `a.b.c`; the token behind it is then current. A table's name in double quotes tells that they are identifiers here.
    private mutating func qualifiedName() throws(SQLIncomplete) -> TableName? {
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

    // MARK: Declarations

    private mutating func create() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        let modifiers: Set<String> = ["or", "replace", "temporary", "temp", "global", "local", "unlogged", "foreign", "materialized", "recursive"]
        while modifiers.contains(word) { try advance() }
        switch word {
        case "table": return try createTable()
        case "domain": return try createDomain()
        case "algorithm", "definer", "sql", "view":
            while token.kind != .end && word != "view" {
                if ["trigger", "function", "procedure", "event", "package"].contains(word) { try skip(); return .other }
                try advance()
            }
            guard word == "view" else { return .other }
            try advance()
            if word == "if" { for _ in 0 ..< 3 { try advance() } }
            let name = try qualifiedName()
            try skip()
            return name.map { .createView($0) } ?? .other
        default:
            try skip()
            return .other
        }
    }

    private mutating func createTable() throws(SQLIncomplete) -> SQLStatement {
        var body = lexer
        try advance()
        if word == "if" {
            for _ in 0 ..< 2 { try advance() }
            body = lexer
            try advance()
        }
        if token.kind == .string { body.dialect.ansiQuotes = true; lexer.dialect.ansiQuotes = true }
        try skip()  // so that the whole statement is there
        do {
            guard let schema = try CreateTable.parse(body, context: context) else { return .other }
            return .createTable(schema)
        } catch let sequence as CreateTable.Sequence {
            return .createView(sequence.name)
        } catch let error as CreateTable.Unreadable {
            return .unreadableTable(error.why)
        } catch {
            throw SQLIncomplete()
        }
    }

    private mutating func createDomain() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        guard let name = try qualifiedName() else { try skip(); return .other }
        if word == "as" { try advance() }
        var type = "", dimensions = 0, depth = 0
        let ends: Set<String> = ["collate", "default", "constraint", "not", "null", "check"]
        while token.kind != .end && !(depth == 0 && ends.contains(word)) {
            switch symbol {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "["): dimensions += 1
            case UInt8(ascii: "."): type += "."
            case nil where depth == 0 && token.kind != .number:
                type += (type.isEmpty || type.hasSuffix(".") ? "" : " ") + (token.kind == .word ? word : lexer.text(token))
            default: break
            }
            try advance()
        }
        try skip()
        return .createDomain(name.parts.suffix(2).joined(separator: "."), PostgresTypes.kind(name: type, dimensions: dimensions, domains: context.domains))
    }

    // MARK: Settings

    /// SET NAMES x, SET [SESSION] name = value, …
    private mutating func set() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        while ["session", "local", "global"].contains(word) { try advance() }
        if word == "names" {
            try advance()
            let value = lexer.text(token)
            try skip()
            return .setting(name: "names", value: value)
        }
        // The last setting that matters here wins: `SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='…'`.
        let known: Set<String> = ["sql_mode", "character_set_client", "client_encoding", "standard_conforming_strings", "search_path"]
        var found: (String, String)?
        var previous: UInt8?
        while token.kind != .end {
            let name = word
            let isVariable = previous == UInt8(ascii: "@")
            previous = symbol
            try advance()
            guard known.contains(name), !isVariable, symbol == UInt8(ascii: "=") || word == "to" else { continue }
            try advance()
            var value = lexer.text(token)
            if symbol == UInt8(ascii: "@") {
                try advance()
                value = "@" + lexer.text(token)
            }
            if token.kind != .end { found = (name, value) }
            previous = symbol
        }
        guard let (name, value) = found else { return .other }
        return name == "search_path" ? .searchPath(value.isEmpty ? nil : value) : .setting(name: name, value: value)
    }

    /// SELECT pg_catalog.set_config('search_path', 'x', false)
    private mutating func select() throws(SQLIncomplete) -> SQLStatement {
        var strings: [String] = [], isSetConfig = false
        while token.kind != .end {
            if word == "set_config" { isSetConfig = true }
            if token.kind == .string { strings.append(lexer.text(token)) }
            try advance()
        }
        guard isSetConfig, strings.first == "search_path", strings.count > 1 else { return .other }
        let first = strings[1].split(separator: ",").first.map { $0.trimmingSpace.trimmingCharacters(of: "\"") }
        return .searchPath(first)
    }
}

extension StringProtocol {
    var trimmingSpace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }

    func trimmingCharacters(of set: String) -> String {
        var text = self[...]
        while let first = text.first, set.contains(first) { text = text.dropFirst() }
        while let last = text.last, set.contains(last) { text = text.dropLast() }
        return String(text)
    }

    /// `\'` and `\\` of a connection string.
    var unescapingBackslashes: String {
        var out = "", isEscaped = false
        for character in self {
            if character == "\\" && !isEscaped { isEscaped = true; continue }
            out.append(character)
            isEscaped = false
        }
        return out
    }

    func range(of needle: String) -> Range<Index>? { ranges(of: needle).first }
}
