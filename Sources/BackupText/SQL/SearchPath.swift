import BackupRows

/// PostgreSQL's search_path as a session has it: in which schemas names without one are looked for.
struct SearchPath: Codable, Equatable {
    /// As it is set; `$user` stands for the schema of the session's user.
    private(set) var entries = SearchPath.usual
    /// Whom `$user` means, where a statement says it.
    var user: String?

    private static let usual = ["$user", "public"]

    init(entries: [String]? = nil) {
        if let entries { self.entries = entries }
    }

    /// nil: the default.
    mutating func set(_ entries: [String]?) { self.entries = entries ?? Self.usual }

    /// The schemas where tables are looked for, in order. That of a user nobody knows is not among them.
    var schemas: [String] { entries.compactMap { $0 == "$user" ? user : $0 } }

    /// The schemas where a table without one may be made, the first that exists.
    var schemasForTables: [String] {
        schemas.filter { $0 != PostgresSchemas.catalog && $0 != PostgresSchemas.temporary && !$0.isEmpty }
    }

    /// The names in a list as `set_config` takes it: `a, "B"`.
    static func names(in list: String) -> [String] {
        var names: [String] = [], rest = list.unicodeScalars[...]
        func skipSpace() { rest = rest.drop { $0.properties.isWhitespace } }
        skipSpace()
        while let first = rest.first {
            if first == "\"" {
                var name = String.UnicodeScalarView()
                rest.removeFirst()
                while let scalar = rest.popFirst() {
                    if scalar == "\"" {
                        guard rest.first == "\"" else { break }
                        rest.removeFirst()
                    }
                    name.append(scalar)
                }
                names.append(SQLLexer.cut(String(name)))
            } else {
                let name = rest.prefix { $0 != "," && !$0.properties.isWhitespace }
                rest = rest[name.endIndex...]
                names.append(SQLLexer.cut(SQLLexer.folded(String(name))))
            }
            skipSpace()
            guard rest.first == "," else { break }
            rest.removeFirst()
            skipSpace()
        }
        return names
    }
}
