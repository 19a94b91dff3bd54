import BackupBytes

/// The types that a name can mean in a session: those of PostgreSQL, and those that the export has declared, by the
/// schemas of the search path.
package struct PostgresTypeScope {
    /// By their full names.
    package var declared: [TableName: ColumnKind] = [:]
    package var database: String?
    /// Schemas in the order of the search path; PostgreSQL's own comes first where it is not among them.
    var path: [String] = ["public"]
    /// Where no schema of the path has it, one that has it alone does.
    package var takesOnlyOne = false

    package init(
        declared: [TableName: ColumnKind] = [:], database: String? = nil, path: [String] = ["public"],
        takesOnlyOne: Bool = false
    ) {
        (self.declared, self.database, self.path, self.takesOnlyOne) = (declared, database, path, takesOnlyOne)
    }

    /// What a type means for values; nil: nobody has declared it yet.
    package func kind(of type: PostgresTypeName) -> ColumnKind? {
        if let kind = PostgresTypes.kind(of: type), type.schema == nil || type.schema == PostgresSchemas.catalog,
            isFirst(type)
        {
            return kind
        }
        if type.schema == PostgresSchemas.catalog { return .ownForm }
        let isArray = type.dimensions > 0
        if let kind = lookUp(type) { return isArray ? .array(kind) : kind }
        // The name that the array of a declared type has in the catalogs: `_mood`.
        guard type.name.hasPrefix("_"), !isArray else { return nil }
        var element = type
        element.name.removeFirst()
        return lookUp(element).map { .array($0) }
    }

    /// Whether no declared type hides PostgreSQL's own: only one from a schema that the path names before pg_catalog,
    /// and no keyword.
    private func isFirst(_ type: PostgresTypeName) -> Bool {
        guard type.schema == nil, !declared.isEmpty, let place = path.firstIndex(of: PostgresSchemas.catalog),
            !PostgresTypes.isKeyword(type.name)
        else { return true }
        return !path[..<place].contains { declared[TableName(database: database, schema: $0, table: type.name)] != nil }
    }

    private func lookUp(_ type: PostgresTypeName) -> ColumnKind? {
        if declared.isEmpty { return nil }
        if let schema = type.schema { return declared[TableName(database: database, schema: schema, table: type.name)] }
        for schema in path {
            if let kind = declared[TableName(database: database, schema: schema, table: type.name)] { return kind }
        }
        guard takesOnlyOne else { return nil }
        let others = declared.filter { ExactText($0.key.table) == ExactText(type.name) && $0.key.database == database }
        return others.count == 1 ? others.first?.value : nil
    }
}
