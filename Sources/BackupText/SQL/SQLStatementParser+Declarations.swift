import BackupRows

/// CREATE: tables, views and domains.
extension SQLStatementParser {
    mutating func create() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        var creation = TableCreation.new, isTemporary = false
        while KnownStatements.modifiers.contains(word) && !KnownStatements.isObject(word, of: family)
            || word == "event" && family == .postgresql
        {
            if word == "replace" { creation = .orReplace }
            if word == "temporary" || word == "temp" { isTemporary = true }
            try advance()
        }
        switch word {
        case "table":
            let statement = try createTable(creation)
            guard isTemporary, case .createTable(var schema, let creation) = statement else { return statement }
            schema.name.schema = PostgresSchemas.temporary
            return .createTable(schema, creation)
        case "type" where family == .postgresql: return try createType()
        case "schema" where family == .postgresql: return try createSchema()
        case "database", "schema": return try createDatabase()
        case "domain" where family == .postgresql: return try createDomain()
        case "view", "algorithm", "definer", "sql": return try createView()
        case "function", "procedure", "trigger", "event", "package", "library": return try routine()
        case "rule" where family == .postgresql: try skip(holdsStatements: true)
        default:
            if token.kind == .end { return isCut ? .other : try unknown() }
            guard try isKnownObject() else { return try unknown() }
            try skip()
        }
        return .other
    }

    /// Whether the word is something that this family can create, alter or drop. What the other one alone can is a
    /// sign.
    mutating func isKnownObject() throws(SQLIncomplete) -> Bool {
        if KnownStatements.isObject(word, of: family) { return true }
        let other: SQLDialect.Family = family == .mysql ? .postgresql : .mysql
        if KnownStatements.isObject(word, of: other) {
            let verb = unsafe String(decoding: lexer.bytes[start...].prefix { SQLLexer.isWord($0) }, as: UTF8.self)
                .uppercased()
            fail(.otherDialect(other, sign: "\(verb) … \(word.uppercased())"), at: start)
        }
        return false
    }

    /// `ALGORITHM = … DEFINER = … SQL SECURITY … VIEW name`; the same words may lead to a routine.
    private mutating func createView() throws(SQLIncomplete) -> SQLStatement {
        while token.kind != .end && word != "view" {
            if ["trigger", "function", "procedure", "event", "package", "library"].contains(word) {
                return try routine()
            }
            try advance()
        }
        guard word == "view" else { return isCut ? .other : try unknown() }
        try advance()
        if word == "if" { for _ in 0 ..< 3 { try advance() } }
        let name = try qualifiedName()
        try skip()
        return name.map { .createView($0) } ?? .other
    }

    /// To the end of a routine, a trigger or a library, whose body may hold statements: to the client's delimiter, or,
    /// where that is the semicolon, to the one after the body's last END. A body may stand in `$$ … $$`.
    mutating func routine() throws(SQLIncomplete) -> SQLStatement {
        guard family == .mysql else {
            try skip(holdsStatements: true)
            return .other
        }
        var depth = 0, previous = ""
        while true {
            if token.kind == .end && (token.range.isEmpty || depth == 0) { return .other }
            let word = word
            if lexer.delimiter == [UInt8(ascii: ";")] {
                if word == "begin" || (word == "case" && previous != "end") { depth += 1 }
                // END IF, END LOOP … close what has not been counted.
                if previous == "end" && !["if", "loop", "while", "repeat", "for"].contains(word) {
                    depth = max(0, depth - 1)
                }
                if token.kind == .end && depth == 0 { return .other }
            }
            previous = word
            lexer.takesDollarQuotes = word == "as" && lexer.delimiter.first != UInt8(ascii: "$")
            try advance()
            lexer.takesDollarQuotes = false
        }
    }

    private mutating func createTable(_ creation: TableCreation) throws(SQLIncomplete) -> SQLStatement {
        var creation = creation
        var body = lexer
        try advance()
        if word == "if" {
            creation = .ifNotExists
            for _ in 0 ..< 2 { try advance() }
            body = lexer
            try advance()
        }
        if token.kind == .string {
            body.dialect.ansiQuotes = true
            lexer.dialect.ansiQuotes = true
        }
        try skipTable()  // so that the whole statement is there
        do {
            guard let schema = try CreateTable.parse(body, context: context) else { return .other }
            return .createTable(schema, creation)
        } catch let sequence as CreateTable.Sequence {
            return .createSequence(sequence.name)
        } catch let error as CreateTable.Unreadable {
            guard let table = error.table else { return .unreadableTable(error.why) }
            return .createTable(TableSchema(name: table, columns: [], unreadable: error.why), creation)
        } catch {
            throw SQLIncomplete()
        }
    }

    /// To the end of CREATE TABLE. `ENGINE =` after the columns is MySQL's.
    private mutating func skipTable() throws(SQLIncomplete) {
        if family == .postgresql {
            var ahead = lexer, depth = 0, previous = ""
            while true {
                let token = try ahead.next()
                if token.kind == .end { break }
                let symbol = ahead.symbol(token)
                if symbol == UInt8(ascii: "(") { depth += 1 }
                if symbol == UInt8(ascii: ")") { depth -= 1 }
                if symbol == UInt8(ascii: "=") && previous == "engine" && depth == 0 {
                    fail(.otherDialect(.mysql, sign: "ENGINE="), at: start)
                }
                previous = ahead.word(token)
            }
        }
        try skip()
    }
}
