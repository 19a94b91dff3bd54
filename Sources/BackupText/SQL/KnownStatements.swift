import BackupRows

/// The statements of each family by their leading words. What is not here is no statement that is known.
enum KnownStatements {
    /// Statements of no effect on rows, or none that a reader of rows could follow, by their first word.
    static func meaning(_ word: String, _ family: SQLDialect.Family) -> Meaning? {
        switch family {
        case .mysql: mysql[word] ?? both[word]
        case .postgresql: postgres[word] ?? both[word]
        }
    }

    enum Meaning {
        /// Of no effect on rows.
        case plain
        /// The same, and it may hold other statements.
        case holder
        /// Words of the client, to the end of the line.
        case line
        case passed(PassedStatement)
        case transaction(TransactionStep)
    }

    private static let both: [String: Meaning] = [
        "analyze": .plain, "begin": .transaction(.begin), "call": .passed(.mayChange("CALL")),
        "commit": .transaction(.commit), "deallocate": .plain,
        "execute": .passed(.mayChange("EXECUTE")), "explain": .holder, "grant": .plain, "load": .plain, "lock": .plain,
        "prepare": .holder, "release": .plain,
        "revoke": .plain, "savepoint": .plain, "show": .plain, "start": .transaction(.begin), "table": .plain,
        "update": .passed(.changes("UPDATE")),
        "values": .plain,
    ]

    private static let mysql: [String: Meaning] = [
        "backup": .plain, "binlog": .passed(.mayChange("BINLOG")), "cache": .plain, "change": .plain, "check": .plain,
        "checksum": .plain, "clone": .plain,
        "desc": .plain, "describe": .plain, "flush": .plain, "get": .plain, "handler": .plain, "help": .plain,
        "import": .passed(.brings("IMPORT TABLE")),
        "install": .plain, "kill": .plain, "optimize": .plain, "purge": .plain, "repair": .plain, "reset": .plain,
        "resignal": .plain, "restart": .plain,
        "shutdown": .plain, "signal": .plain, "stop": .plain, "uninstall": .plain, "unlock": .plain,
        "nopager": .line, "notee": .line, "nowarning": .line, "pager": .line, "print": .line, "prompt": .line,
        "status": .line, "system": .line, "tee": .line,
        "warnings": .line,
    ]

    private static let postgres: [String: Meaning] = [
        "abort": .transaction(.rollback), "analyse": .plain, "checkpoint": .plain, "close": .plain, "cluster": .plain,
        "comment": .plain, "declare": .holder,
        "discard": .plain, "end": .transaction(.commit), "fetch": .plain, "import": .plain, "listen": .plain,
        "merge": .passed(.changes("MERGE")),
        "move": .plain, "notify": .plain, "reassign": .plain, "refresh": .plain, "reindex": .plain, "security": .plain,
        "unlisten": .plain, "vacuum": .plain,
        "wait": .plain,
    ]

    // MARK: What CREATE, ALTER and DROP may name

    /// Words between CREATE and what is created.
    static let modifiers: Set<String> = [
        "or", "replace", "temporary", "temp", "global", "local", "unlogged", "foreign", "materialized", "recursive",
        "unique", "fulltext", "spatial",
        "online", "offline", "ignore", "aggregate", "undo", "constraint", "event", "trusted", "procedural", "default",
        "public", "external", "json",
        "relational", "duality", "vector", "clustering", "clustered", "columnar", "readable", "writable", "web",
        "editionable", "noneditionable", "force",
    ]

    /// What both families can create, alter or drop.
    private static let objects: Set<String> = [
        "database", "event", "function", "index", "procedure", "role", "schema", "sequence", "server", "table",
        "tables", "tablespace", "trigger", "user", "view",
        "package", "resource", "synonym", "tablegroup",
    ]
    private static let mysqlObjects: Set<String> = [
        "algorithm", "catalog", "definer", "instance", "library", "logfile", "prepare", "reference", "sql",
    ]
    private static let postgresObjects: Set<String> = [
        "access", "cast", "collation", "context", "conversion", "data", "directory", "domain", "extension", "group",
        "language", "large", "operator", "owned",
        "policy", "privileges", "profile", "property", "protocol", "publication", "routine", "rule", "statistics",
        "subscription", "system", "text", "transform",
        "type", "wrapper",
    ]

    static func isObject(_ word: String, of family: SQLDialect.Family) -> Bool {
        objects.contains(word) || (family == .mysql ? mysqlObjects : postgresObjects).contains(word)
    }
}
