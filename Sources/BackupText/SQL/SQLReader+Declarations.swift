import BackupBytes
import BackupRows

/// Statements that declare, change, empty or remove tables. What they do to rows that came before in the same file is
/// followed, or ends the reading: rows of other files are not theirs.
extension SQLReader {
    func declare(_ statement: SQLStatement, at start: Int) throws {
        let offset = buffer.slabOffset + start  // `start` is of a slab that may be gone by the end of this
        switch statement {
        case .createTable(let schema, let creation): try create(schema, creation, at: start)
        case .unreadableTable(let why):
            waiting.append(.warning("a CREATE TABLE at byte \(offset) cannot be read: \(why)"))
        case .createView(let name):
            guard let view = try? session.resolveNew(name, catalog) else { break }  // no rows, so no matter where
            try catalog.declareView(view)
            session.views.insert(view)
            forgetLayouts()
            waiting.append(.view(view))
        case .createSequence(let name):
            guard let sequence = try? session.resolveNew(name, catalog) else { break }
            try catalog.declareSequence(sequence)
            forgetLayouts()
            waiting.append(.view(sequence))
        case .createType(let name, let kind):
            if let type = try? session.resolveNew(name, catalog) { catalog.declareType(type, kind) }
        case .createSchema(let name):
            catalog.declareSchema(name, in: session.database)
            forgetLayouts()
        case .dropTables(let names):
            for name in names {
                guard let table = try? session.resolve(name, catalog) else { continue }
                try noteRemoval(of: table, "DROP TABLE", at: start)
                try drop(table)
                if session.temporaryTables.remove(table) != nil { forgetLayouts() }
            }
        case .dropViews(let names):
            for name in names {
                guard let view = try? session.resolve(name, catalog), session.views.remove(view) != nil else {
                    continue
                }
                try endBatch()
                try catalog.removeView(view)
                forgetLayouts()
            }
        case .dropNamespaces(let names, let isDatabase): try dropNamespaces(names, isDatabase, at: start)
        case .emptyTables(let names):
            for table in try names.map({ try session.resolve($0, catalog) }) {
                try noteEmptying(of: table, at: start)
                guard try rows(of: table) > 0 else { continue }
                try endBatch()
                try catalog.setRowCount(0, of: table, in: setup.origin)
                waiting.append(.dropped(table, isEmptied: true))
            }
        case .renameTables(let renames):
            for rename in renames {
                try self.rename(
                    session.resolve(rename.from, catalog), to: session.resolveNew(rename.to, catalog), offset)
            }
        case .alterTable(let alteration): try alter(alteration, at: start)
        default: break
        }
    }

    /// Another file may have rows of the table. DROP TABLE is often followed by CREATE TABLE; at the end of the file it
    /// is known whether it is.
    private func noteRemoval(of table: TableName, _ statement: String, at start: Int) throws {
        guard !table.isTemporary, try catalog.rowCount(of: table, in: setup.origin) == nil, try !catalog.isView(table)
        else { return }
        let what = "\(statement) at byte \(buffer.slabOffset + start)"
        session.removals[table] = what
        waiting.append(.removes(table, what: what, isForGood: false))
    }

    private func noteEmptying(of table: TableName, at start: Int) throws {
        guard !table.isTemporary, try !catalog.isView(table) else { return }
        let what = "TRUNCATE or DELETE at byte \(buffer.slabOffset + start)"
        waiting.append(.removes(table, what: what, isForGood: true))
    }

    /// Rows of the table that have come in this file.
    private func rows(of table: TableName) throws -> Int {
        try (catalog.rowCount(of: table, in: setup.origin) ?? 0) + markedRows(of: table)
    }

    private func create(_ schema: TableSchema, _ creation: TableCreation, at start: Int) throws {
        var schema = schema
        schema.name = try session.resolveNew(schema.name, catalog)
        if schema.name.schema == PostgresSchemas.temporary { session.temporaryTables.insert(schema.name) }
        if session.dialect.family == .mysql {
            (schema.clientCharset, schema.isMariaDB) = (session.variables.results, session.isMariaDB)
        }
        if try catalog.isView(schema.name) { return }  // a stand-in
        if creation == .orReplace { try drop(schema.name) }
        if try catalog.rowCount(of: schema.name, in: setup.origin) != nil {
            if creation == .ifNotExists, try catalog.schema(of: schema.name) != nil { return }
            if try rows(of: schema.name) > 0 {
                // Rows may come before the structure, of a table that nobody has declared.
                if try catalog.schema(of: schema.name) == nil { return try declare(schema) }
                throw try failure(
                    .changesRows("CREATE TABLE of a table that is there already"), at: start, of: schema.name)
            }
        }
        if let why = schema.unreadable {
            waiting.append(
                .warning(
                    "the CREATE TABLE of \(schema.name) at byte \(buffer.slabOffset + start) cannot be read: \(why)"))
            if try catalog.schema(of: schema.name) != nil { return }
        }
        try declare(schema)
    }

    private func declare(_ schema: TableSchema) throws {
        try endBatch()
        session.removals[schema.name] = nil
        try catalog.declare(schema)
        try catalog.meet(schema.name, in: setup.origin)
        forgetLayouts()
        if !schema.name.isTemporary { waiting.append(.declared(schema)) }
    }

    private func drop(_ table: TableName) throws {
        guard try !catalog.isView(table),
            try rows(of: table) > 0 || catalog.rowCount(of: table, in: setup.origin) != nil
        else { return }
        try endBatch()
        try catalog.forget(table, in: setup.origin)
        forgetLayouts()
        if !table.isTemporary { waiting.append(.dropped(table, isEmptied: false)) }
    }

    private func dropNamespaces(_ names: [String], _ isDatabase: Bool, at start: Int) throws {
        for table in markedTables { session.noteBatch(of: table) }
        for name in names {
            let isOfSchemas = session.dialect.family == .postgresql && isDatabase
            let hasRows =
                isOfSchemas
                ? name == session.database && !session.namespacesWithRows.isEmpty
                : session.namespacesWithRows.contains(name)
            if hasRows {
                throw try failure(.changesRows("DROP \(isDatabase ? "DATABASE" : "SCHEMA") \(name)"), at: start)
            }
        }
    }

    private func rename(_ from: TableName, to: TableName, _ offset: Int) throws {
        guard try catalog.rowCount(of: from, in: setup.origin) != nil else { return }
        if try rows(of: from) > 0 {
            session.tally.add(
                .init(name: "RENAME TABLE", effect: .renames), table: from, first: "byte \(offset), to \(to)")
            return
        }
        guard var schema = try catalog.schema(of: from) else { return }
        try drop(from)
        schema.name = to
        try declare(schema)
    }

    // MARK: ALTER TABLE

    private func alter(_ alteration: AlterTable, at start: Int) throws {
        let table = try session.resolve(alteration.name, catalog), offset = buffer.slabOffset + start,
            count = try rows(of: table)
        for case .changesRows(let what) in alteration.actions where count > 0 {
            throw try failure(.changesRows(what), at: start, of: table)
        }
        if let schema = try catalog.schema(of: table), !(try catalog.isView(table)) {
            let columns = alteration.columns(of: schema) { column(definedBy: $0) }
            if columns?.map(\.withoutNullability) != schema.columns.map(\.withoutNullability) {
                if count > 0 { throw try failure(.changesRows("ALTER TABLE of columns"), at: start, of: table) }
                guard let columns else {
                    throw try failure(.changesRows("ALTER TABLE that cannot be followed"), at: start, of: table)
                }
                try declare(TableSchema(name: schema.name, columns: columns))
            }
        }
        for action in alteration.actions {
            switch action {
            case .rename(let name):
                var to = name
                if session.dialect.family == .postgresql { (to.database, to.schema) = (table.database, table.schema) }
                try rename(table, to: session.resolveNew(to, catalog), offset)
            case .setSchema(let name):
                var to = table
                to.schema = name
                try rename(table, to: to, offset)
            default: break
            }
        }
    }

    /// The column that a definition in ALTER TABLE declares.
    private func column(definedBy text: [UInt8]) -> Column? {
        let statement = Array("x (".utf8) + text + Array(")".utf8)
        return unsafe statement.withUnsafeBytes { bytes in
            let lexer = unsafe SQLLexer(bytes, isWhole: true, dialect: session.dialect)
            return try? CreateTable.parse(lexer, context: session.context(catalog))?.columns.first
        }
    }
}
