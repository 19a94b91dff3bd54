import BackupRows

/// Commands of the clients, psql and mysql, which end with their line.
extension SQLStatementParser {
    private static let quietCommands: Set<String> = [
        "\\restrict", "\\unrestrict", "\\echo", "\\qecho", "\\warn", "\\set", "\\unset", "\\pset", "\\timing", "\\x",
        "\\a", "\\t", "\\H", "\\f", "\\C",
        "\\o", "\\out", "\\!", "\\cd", "\\conninfo", "\\prompt", "\\setenv", "\\getenv", "\\errverbose", "\\l", "\\z",
        "\\p", "\\print", "\\r", "\\reset",
    ]

    /// psql's commands: `\connect name`, `\connect -reuse-previous=on "dbname='name'"`, `\restrict …`.
    mutating func psqlCommand() throws(SQLIncomplete) -> SQLStatement {
        let line = try line()
        let command = String(line.prefix { !$0.isWhitespace }), rest = line.dropFirst(command.count).trimmingSpace
        switch command {
        case "\\connect", "\\c": return Self.connection(rest)
        case "\\encoding":
            return rest.isEmpty
                ? .other : .settings([Setting(.clientEncoding, .text(rest.trimmingCharacters(of: "\"'")))])
        case "\\i", "\\ir", "\\include", "\\include_relative": return .notCarriedOut(.brings(command), nil)
        case "\\copy":
            let words = rest.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
            if words.contains("to") && !words.contains("from") { return .other }
            if words.contains("stdin") || words.contains("pstdin") { fail(.copyOption("\\copy"), at: start) }
            return .notCarriedOut(.brings(command), nil)
        case "\\gexec": return .notCarriedOut(.mayChange(command), nil)
        default:
            if Self.quietCommands.contains(command) || command.hasPrefix("\\d") || command.hasPrefix("\\g")
                || command.hasPrefix("\\lo_")
            {
                return .other
            }
            lexer.position = start
            try advance()
            return try unknown()
        }
    }

    /// mysql's commands: `source file`, `\. file`, `\C charset`, `\u database`.
    mutating func mysqlCommand() throws(SQLIncomplete) -> SQLStatement {
        lexer.position = start
        var line = try line()
        if line.hasSuffix(";") { line.removeLast() }
        let command = String(line.prefix { !$0.isWhitespace }), rest = line.dropFirst(command.count).trimmingSpace
        switch command.lowercased() {
        case "source", "\\.": if !rest.isEmpty { return .notCarriedOut(.brings(command), nil) }
        case "charset": if !rest.isEmpty { return .settings([Setting(.names, .text(rest))]) }
        case "\\c" where command == "\\C" && !rest.isEmpty: return .settings([Setting(.names, .text(rest))])
        case "\\u": if !rest.isEmpty { return .use(rest.trimmingCharacters(of: "`")) }
        case "\\!", "\\t", "\\w": return .other
        case "\\connect", "\\restrict", "\\unrestrict", "\\copy":
            fail(.otherDialect(.postgresql, sign: command), at: start)
        default: break
        }
        lexer.position = start
        try advance()
        return try unknown()
    }
}
