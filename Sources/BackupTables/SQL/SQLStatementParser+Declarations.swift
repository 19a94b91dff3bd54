/// CREATE: tables, views and domains.
extension SQLStatementParser {
    mutating func create() throws(SQLIncomplete) -> SQLStatement {
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

    mutating func createTable() throws(SQLIncomplete) -> SQLStatement {
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
            guard let table = error.table else { return .unreadableTable(error.why) }
            return .createTable(TableSchema(name: table, columns: [], unreadable: error.why))
        } catch {
            throw SQLIncomplete()
        }
    }

    mutating func createDomain() throws(SQLIncomplete) -> SQLStatement {
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
}
