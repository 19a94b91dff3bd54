import BackupRows

/// What removes, empties or renames tables, and the ends of transactions.
extension SQLStatementParser {
    /// DROP TABLE, DROP VIEW, DROP DATABASE, DROP SCHEMA; the rest has no effect on rows.
    mutating func drop() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        var isOther = false
        while KnownStatements.modifiers.contains(word) && !KnownStatements.isObject(word, of: family)
            || word == "event" && family == .postgresql
        {
            isOther = isOther || !["temporary", "foreign", "materialized"].contains(word)
            try advance()
        }
        let kind = word
        if token.kind == .end { return isCut ? .other : try unknown() }
        guard try isKnownObject() else { return try unknown() }
        guard !isOther, ["table", "tables", "database", "schema", "view"].contains(kind) else {
            try skip()
            return .other
        }
        try advance()
        if word == "if" { for _ in 0 ..< 2 { try advance() } }
        let names = try qualifiedNames()
        try skip()
        if names.isEmpty { return isCut ? .other : try unknown() }
        if kind.hasPrefix("table") { return .dropTables(names) }
        if kind == "view" { return .dropViews(names) }
        return .dropNamespaces(names.map(\.table), isDatabase: kind == "database" || family == .mysql)
    }

    /// TRUNCATE [TABLE] a, b
    mutating func truncate() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        if word == "table" { try advance() }
        let names = try qualifiedNames()
        if names.isEmpty { return isCut ? .other : try unknown() }
        try skip()
        return .emptyTables(names)
    }

    /// DELETE FROM t, without WHERE, leaves nothing.
    mutating func delete() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        while ["low_priority", "quick", "ignore"].contains(word) { try advance() }
        guard word == "from" else {
            if token.kind == .end { return isCut ? .other : try unknown() }
            try skip()
            return .notCarriedOut(.changes("DELETE"), nil)
        }
        try advance()
        guard let name = try qualifiedName() else { return isCut ? .other : try unknown() }
        if token.kind == .end { return isCut ? .other : .emptyTables([name]) }
        try skip()
        return .notCarriedOut(.changes("DELETE"), name)
    }

    /// RENAME TABLE a TO b, c TO d
    mutating func rename() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        if word == "user" {
            try skip()
            return .other
        }
        guard word == "table" || word == "tables" else { return try unknown() }
        try advance()
        if word == "if" { for _ in 0 ..< 2 { try advance() } }
        var renames: [TableRename] = []
        while let from = try qualifiedName() {
            while !["to", ""].contains(word) { try advance() }  // WAIT n
            try advance()
            guard let to = try qualifiedName() else { break }
            renames.append(TableRename(from: from, to: to))
            guard symbol == UInt8(ascii: ",") else { break }
            try advance()
        }
        try skip()
        if renames.isEmpty { return isCut ? .other : try unknown() }
        return .renameTables(renames)
    }

    /// LOAD DATA, LOAD XML; LOAD INDEX brings nothing.
    mutating func load() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        let kind = word
        guard kind == "data" || kind == "xml" else {
            if kind != "index" { return isCut ? .other : try unknown() }
            try skip()
            return .other
        }
        var table: TableName?
        while token.kind != .end && table == nil {
            let isInto = word == "into"
            try advance()
            if isInto && word == "table" {
                try advance()
                table = try qualifiedName()
            }
        }
        try skip()
        return .notCarriedOut(.brings("LOAD \(kind.uppercased())"), table)
    }

    /// DO SETVAL(…) of MySQL does nothing to rows; a block of PostgreSQL may.
    mutating func doStatement() throws(SQLIncomplete) -> SQLStatement {
        var body = ""
        while token.kind != .end {
            if token.kind == .string { body += lexer.value(token).lowercased() }
            try advance()
        }
        let words = Set(body.split { !$0.isLetter && $0 != "_" })
        let mayChange =
            family == .postgresql
            && !words.isDisjoint(with: [
                "insert", "update", "delete", "truncate", "copy", "merge", "drop", "execute", "alter",
            ])
        return mayChange ? .notCarriedOut(.mayChange("DO"), nil) : .other
    }

    // MARK: Transactions

    mutating func startStatement() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        guard token.kind == .word else { return isCut ? .other : try unknown() }
        let isTransaction = word == "transaction"
        let others: Set<String> = ["slave", "replica", "all", "group_replication"]
        guard isTransaction || (family == .mysql && others.contains(word)) else { return try unknown() }
        try skip()
        return isTransaction ? .transaction(.begin) : .other
    }

    /// ROLLBACK, ROLLBACK TO SAVEPOINT x
    mutating func rollback() throws(SQLIncomplete) -> SQLStatement {
        var isPart = false, isPrepared = false
        while token.kind != .end {
            try advance()
            if word == "to" { isPart = true }
            if word == "prepared" { isPrepared = true }
        }
        return isPrepared ? .other : .transaction(isPart ? .rollbackToSavepoint : .rollback)
    }

    mutating func xa() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        let step: TransactionStep? = ["start": .begin, "begin": .begin, "commit": .commit, "rollback": .rollback][word]
        try skip()
        return step.map { .transaction($0) } ?? .other
    }
}
