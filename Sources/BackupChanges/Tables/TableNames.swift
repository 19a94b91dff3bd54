import BackupRows

/// What a structure declares of the tables of a log, as the log's own DDL changes it.
package final class TableNames {
    private enum State {
        case declared(TableSchema)
        case removed
        /// A statement that could not be followed: nobody knows the columns after it.
        case lost(LogPosition, String)
    }

    /// What a structure declares of a table; nil: nothing.
    private let given: (TableName) throws -> TableSchema?
    /// Reads CREATE TABLE: the tables that a text of SQL declares, in a database.
    private let declare: (_ text: String, _ database: String?) -> [TableSchema]
    /// Tables that the log has changed.
    private var followed: [TableName: State] = [:] { didSet { hasChanged = true } }
    private var hasChanged = false
    /// The statements that have changed them, and the bytes of their texts.
    private(set) var definitions: [FollowedDefinition] = []
    private var definitionBytes = 0
    /// More than these are not repeated by a session that resumes.
    private static let definitionLimit = 1 << 20
    /// Changes with every statement that is followed: what was known of a table may be old.
    private(set) var version = 0

    package init(
        _ given: @escaping (TableName) throws -> TableSchema?,
        declare: @escaping (_ text: String, _ database: String?) -> [TableSchema]
    ) {
        (self.given, self.declare) = (given, declare)
    }

    /// Another session can follow the same statements.
    var canBeRepeated: Bool { definitionBytes <= Self.definitionLimit }

    /// What is known of a table; nil: nothing. `isNeeded`: the log itself does not name its columns.
    func schema(of table: TableName, isNeeded: Bool = true) throws -> TableSchema? {
        switch followed[table] {
        case .declared(let schema): return schema
        case .removed: return nil
        case .lost where !isNeeded: return nil
        case .lost(let position, let statement):
            var error = ChangeError(
                .unknownColumns,
                "a statement has changed its columns in a way that cannot be followed, and the log does not name them: "
                    + "“\(statement.prefix(200))”", table: table)
            (error.file, error.position) = (position.file, position.position)
            throw error
        case nil: return try given(table)
        }
    }

    // MARK: DDL

    /// Follows a statement that may change tables. `isLoaded`: it is one of those that `--after` passes over, so that
    /// the structure may be newer: where the statement cannot be followed, the structure counts.
    func follow(_ text: String, database: String?, at position: LogPosition, isLoaded: Bool = false) throws {
        try follow(FollowedDefinition(text: text, database: database, position: position, isLoaded: isLoaded))
    }

    func follow(_ definition: FollowedDefinition) throws {
        hasChanged = false
        let lost = State.lost(definition.position, definition.text)
        try apply(definition.text, definition.database, definition.isLoaded ? nil : lost)
        guard hasChanged, canBeRepeated else { return }
        definitionBytes += definition.text.utf8.count
        definitions.append(definition)
    }

    /// `lost`: what a table is after a statement that cannot be followed; nil: as the structure has it.
    private func apply(_ text: String, _ database: String?, _ lost: State?) throws {
        var words = Words(text)
        func name(_ words: inout Words) -> TableName {
            let (own, table) = words.tableName()
            return TableName(database: own ?? database, table: table)
        }
        version += 1
        switch words.next() {
        case "CREATE":
            if words.skip("OR") { _ = words.skip("REPLACE") }
            guard words.skip("TABLE") else { return }
            let isConditional = words.skip("IF") && words.skip("NOT") && words.skip("EXISTS")
            let table = name(&words)
            // One that is there stays as it is.
            if isConditional, try schema(of: table, isNeeded: false) != nil { return }
            try create(table, text, &words, database, lost)
        case "DROP":
            guard words.skip("TABLE") else { return }
            if words.skip("IF") { _ = words.skip("EXISTS") }
            repeat { followed[name(&words)] = .removed } while words.skip(Character(","))
        case "RENAME":
            guard words.skip("TABLE") || words.skip("TABLES") else { return }
            repeat {
                if words.skip("IF") { _ = words.skip("EXISTS") }
                let old = name(&words)
                guard words.skip("TO") else { return }
                try rename(old, to: name(&words))
            } while words.skip(Character(","))
        case "ALTER":
            _ = (words.skip("ONLINE"), words.skip("OFFLINE"), words.skip("IGNORE"))
            guard words.skip("TABLE") else { return }
            if words.skip("IF") { _ = words.skip("EXISTS") }
            try alter(name(&words), String(words.rest), lost)
        default: break
        }
    }

    private func create(
        _ table: TableName, _ text: String, _ words: inout Words, _ database: String?, _ lost: State?
    ) throws {
        let isBracketed = words.skip(Character("("))
        if words.skip("LIKE") {
            let (own, name) = words.tableName()
            let like = try schema(of: TableName(database: own ?? database, table: name), isNeeded: false)
            guard var like else {
                // Nobody knows the other table. A structure that has this one is newer, unless it was dropped before.
                followed[table] = followed[table] == nil ? nil : lost
                return
            }
            like.name = table
            followed[table] = .declared(like)
            return
        }
        let declared = isBracketed ? declare(text, database).first { $0.name.table == table.table } : nil
        guard var schema = declared, schema.unreadable == nil, !schema.columns.isEmpty else {
            followed[table] = lost
            return
        }
        schema.name = table
        followed[table] = .declared(schema)
    }

    private func rename(_ old: TableName, to new: TableName) throws {
        guard let state = followed[old] else {
            // A structure of after the statement knows the new name already.
            if var schema = try given(old) {
                schema.name = new
                followed[new] = .declared(schema)
                followed[old] = .removed
            }
            return
        }
        followed[old] = .removed
        if case .declared(var schema) = state {
            schema.name = new
            followed[new] = .declared(schema)
        } else if case .removed = state {
            followed[new] = nil
        } else {
            followed[new] = state
        }
    }

    private func alter(_ table: TableName, _ clauses: String, _ lost: State?) throws {
        if case .lost = followed[table] { return }
        guard let schema = try schema(of: table) else { return }
        var altered = AlteredTable(schema) { [declare] definition in
            declare("CREATE TABLE `t` (\(definition))", nil).first { $0.unreadable == nil }?.columns
        }
        guard altered.apply(clauses) else {
            followed[table] = lost
            return
        }
        if let name = altered.newName {
            let new = TableName(database: name.database ?? table.database, table: name.table)
            altered.schema.name = new
            followed[table] = .removed
            followed[new] = .declared(altered.schema)
        } else if altered.schema != schema || followed[table] != nil {
            followed[table] = .declared(altered.schema)
        }
    }
}
