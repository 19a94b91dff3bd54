import BackupRows

/// CREATE DOMAIN, CREATE TYPE, CREATE SCHEMA and CREATE DATABASE.
extension SQLStatementParser {
    mutating func createDomain() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        guard let name = try qualifiedName() else { return try unknown() }
        if word == "as" { try advance() }
        var type = PostgresTypeName(), depth = 0
        let ends: Set<String> = ["collate", "default", "constraint", "not", "null", "check"]
        while token.kind != .end && !(depth == 0 && ends.contains(word)) {
            switch symbol {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "["): type.dimensions += 1
            case UInt8(ascii: "."): (type.schema, type.name) = (type.name, "")
            case nil where depth == 0 && word == "array" && !type.name.isEmpty: type.dimensions += 1
            case nil where depth == 0 && token.kind != .number: type.append(lexer.name(token))
            default: break
            }
            try advance()
        }
        try skip()
        return .createType(name, context.types().kind(of: type) ?? type.ownForm)
    }

    /// An enum, a composite, a range or a type of an extension: its values are their text. It hides a type of its name
    /// in another schema.
    mutating func createType() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        guard let name = try qualifiedName() else { return try unknown() }
        try skip()
        return .createType(name, .ownForm)
    }

    /// CREATE DATABASE [IF NOT EXISTS] name, of both families.
    mutating func createDatabase() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        if word == "if" { for _ in 0 ..< 3 { try advance() } }
        guard [.word, .quotedName, .string, .number].contains(token.kind) else { return isCut ? .other : try unknown() }
        let name = lexer.name(token)
        try skip()
        return .createDatabase(name)
    }

    /// CREATE SCHEMA [IF NOT EXISTS] name, CREATE SCHEMA AUTHORIZATION name.
    mutating func createSchema() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        if word == "if" { for _ in 0 ..< 3 { try advance() } }
        if word == "authorization" { try advance() }
        guard token.kind == .word || token.kind == .quotedName else { return isCut ? .other : try unknown() }
        let name = lexer.name(token)
        try skip(holdsStatements: true)
        return .createSchema(name)
    }
}
