import BackupRows

/// What names mean in a session.
extension SQLSession {
    func context(_ catalog: SchemaCatalog) -> CreateTable.Context {
        var context = CreateTable.Context()
        context.types = { PostgresTypeScope(declared: catalog.types, database: database, path: path.schemas) }
        context.tables = { try catalog.schema(of: resolve($0, catalog))?.columns }
        return context
    }

    /// The table that a name means: of PostgreSQL, the first that the search path finds. `inAnyCase`: of MySQL, also
    /// the one whose name is written in another case, which rows may be for. (DROP TABLE of `case` before it is made
    /// does not mean `Case`.)
    func resolve(_ name: TableName, _ catalog: SchemaCatalog, inAnyCase: Bool = false) throws -> TableName {
        var full = name
        if let ownTable, isOwn(full, ownTable) { return ownTable }
        if full.database == nil { full.database = database }
        if let temporary = temporaryTable(of: full) { return temporary }
        guard dialect.family == .postgresql else {
            return try !inAnyCase || catalog.knows(full) ? full : catalog.otherSpelling(of: full) ?? full
        }
        if full.schema != nil { return full }
        for schema in path.schemas {
            full.schema = schema
            if try catalog.knows(full) { return full }
        }
        full.schema = try schemaForTables(near: name, catalog)
        return full
    }

    /// The name of what a statement makes.
    func resolveNew(_ name: TableName, _ catalog: SchemaCatalog) throws -> TableName {
        var full = name
        if let ownTable, isOwn(full, ownTable) { return ownTable }
        if full.database == nil { full.database = database }
        if dialect.family == .postgresql && full.schema == nil {
            full.schema = try schemaForTables(near: name, catalog)
        }
        return full
    }

    private func isOwn(_ name: TableName, _ own: TableName) -> Bool {
        TableName(table: name.table) == TableName(table: own.table)
            && (name.schema == nil || TableName(table: name.schema ?? "") == TableName(table: own.schema ?? ""))
    }

    private func temporaryTable(of full: TableName) -> TableName? {
        if temporaryTables.isEmpty || (full.schema != nil && full.schema != PostgresSchemas.temporary) { return nil }
        let temporary = TableName(database: full.database, schema: PostgresSchemas.temporary, table: full.table)
        return temporaryTables.contains(temporary) ? temporary : nil
    }

    /// The first schema of the search path that exists. One that the export names without making it is there when the
    /// export makes none at all.
    private func schemaForTables(near name: TableName, _ catalog: SchemaCatalog) throws -> String {
        let schemas = path.schemasForTables
        guard let first = schemas.first else {
            throw NoSchemaSelected(name: name)
        }
        if schemas.count == 1 { return first }
        let database = name.database ?? database
        let existing = schemas.first { $0 == "public" || catalog.hasSchema($0, in: database) }
        guard let existing, existing != first, !catalog.makesSchemas(of: database) else { return existing ?? first }
        return first == path.user ? existing : first
    }
}

/// A table's name has no schema, and the search path is empty: the server refuses the statement.
package struct NoSchemaSelected: Error {
    package let name: TableName
}
