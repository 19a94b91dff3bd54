/// PostgreSQL's search_path as a session has it: in which schemas names without one are looked for.
struct SearchPath: Codable, Equatable {
    /// As it is set; `$user` stands for the schema of the session's user.
    private(set) var entries = SearchPath.usual
    /// Whom `$user` means, where a statement says it.
    var user: String?

    private static let usual = ["$user", "public"]
    /// The schema of tables that end with their session.
    static let temporary = "pg_temp"
    /// The schema of what PostgreSQL brings along: looked at first, unless the path names it.
    static let catalog = "pg_catalog"

    init(entries: [String]? = nil) {
        if let entries { self.entries = entries }
    }

    /// nil: the default.
    mutating func set(_ entries: [String]?) { self.entries = entries ?? Self.usual }

    /// The schemas where tables are looked for, in order. That of a user nobody knows is not among them.
    var schemas: [String] { entries.compactMap { $0 == "$user" ? user : $0 } }

    /// The schemas where a table without one may be made, the first that exists.
    var schemasForTables: [String] { schemas.filter { $0 != Self.catalog && $0 != Self.temporary && !$0.isEmpty } }

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
