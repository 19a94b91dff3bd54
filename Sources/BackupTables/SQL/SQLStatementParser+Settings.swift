/// SET, and SELECT of what sets.
extension SQLStatementParser {
    /// SET NAMES x, SET [SESSION] name = value, …
    mutating func set() throws(SQLIncomplete) -> SQLStatement {
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
    mutating func select() throws(SQLIncomplete) -> SQLStatement {
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
