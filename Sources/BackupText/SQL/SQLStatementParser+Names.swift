import BackupRows

/// Names of tables, and what decides in a session of PostgreSQL which schema a name without one means.
extension SQLStatementParser {
    /// `a`, `a.b`, `a.b.c`; the token after it is then current. A table's name in double quotes shows that they are
    /// identifiers here.
    mutating func qualifiedName() throws(SQLIncomplete) -> TableName? {
        if word == "only" { try advance() }
        var parts: [String] = []
        while [.word, .quotedName, .string, .number].contains(token.kind) {
            if token.kind == .string { lexer.dialect.ansiQuotes = true }
            parts.append(lexer.name(token))
            try advance()
            guard symbol == UInt8(ascii: ".") else { break }
            try advance()
        }
        return parts.isEmpty ? nil : TableName(parts: parts, family: lexer.dialect.family)
    }

    /// A statement that changes what names mean, from its first word on; nil, and nothing taken, for any other.
    mutating func naming() throws(SQLIncomplete) -> SQLStatement? {
        let start = self
        let statement: SQLStatement? =
            switch word {
            case "set": try setNames()
            case "reset", "discard": try resetNames()
            case "select": try selectSetConfig()
            default: nil
            }
        guard let statement else {
            self = start
            return nil
        }
        try skip()
        return statement
    }

    // MARK: SET

    private mutating func setNames() throws(SQLIncomplete) -> SQLStatement? {
        try advance()
        let isLocal = word == "local"
        if isLocal { try advance() }
        if word == "session" {
            try advance()
            if word == "authorization" {
                try advance()
                return .user(word == "default" ? nil : lexer.name(token))
            }
        }
        switch word {
        case "role":
            try advance()
            return .user(word == "none" ? nil : lexer.name(token))
        case "schema":
            try advance()
            return token.kind == .string ? .searchPath([SQLLexer.cut(lexer.value(token))], isLocal: isLocal) : nil
        case "search_path":
            try advance()
            guard symbol == UInt8(ascii: "=") || word == "to" else { return nil }
            try advance()
            let entries = word == "default" ? nil : try pathEntries()
            return token.kind == .end || entries == nil ? .searchPath(entries, isLocal: isLocal) : nil
        default: return nil
        }
    }

    /// Each is a name or a string; a string is one schema whatever is in it.
    private mutating func pathEntries() throws(SQLIncomplete) -> [String] {
        var entries: [String] = []
        while [.word, .quotedName, .string, .number].contains(token.kind) {
            entries.append(token.kind == .string ? SQLLexer.cut(lexer.value(token)) : lexer.name(token))
            try advance()
            guard symbol == UInt8(ascii: ",") else { break }
            try advance()
        }
        return entries
    }

    private mutating func resetNames() throws(SQLIncomplete) -> SQLStatement? {
        let isDiscard = word == "discard"
        try advance()
        if isDiscard { return word == "all" ? .searchPath(nil, isLocal: false) : nil }
        switch word {
        case "search_path": return .searchPath(nil, isLocal: false)
        case "role": return .user(nil)
        case "session":
            try advance()
            return word == "authorization" ? .user(nil) : nil
        default: return nil
        }
    }

    /// SELECT pg_catalog.set_config('search_path', 'a, "B"', false)
    private mutating func selectSetConfig() throws(SQLIncomplete) -> SQLStatement? {
        while token.kind != .end {
            let isCall = word == "set_config"
            try advance()
            guard isCall, symbol == UInt8(ascii: "(") else { continue }
            try advance()
            guard token.kind == .string, lexer.value(token).lowercased() == "search_path" else { continue }
            try advance()
            try advance()
            guard token.kind == .string else { continue }
            let entries = SearchPath.names(in: lexer.value(token))
            try advance()
            try advance()
            return .searchPath(
                entries,
                isLocal: ["true", "on", "t"].contains(token.kind == .string ? lexer.text(token).lowercased() : word))
        }
        return nil
    }
}
