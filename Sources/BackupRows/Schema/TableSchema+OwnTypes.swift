extension TableSchema {
    /// Columns of types that nobody had declared when the table was.
    private func awaitingTypes(_ body: (_ index: Int, _ type: PostgresTypeName) -> Void) {
        for (index, column) in columns.enumerated() {
            if let type = column.awaitedType { body(index, type) }
        }
    }

    /// Where a name without a schema is looked for when its session is over.
    private func scope(_ catalog: SchemaCatalog) -> PostgresTypeScope {
        PostgresTypeScope(
            declared: catalog.types, database: name.database, path: [name.schema, "public"].compactMap { $0 },
            takesOnlyOne: true)
    }

    /// The schemas of types that nobody has declared yet; nil for a type without one in its name.
    package func schemasOfUnknownTypes(_ catalog: SchemaCatalog) -> [String?] {
        guard columns.contains(where: { $0.awaitedType != nil }) else { return [] }
        let scope = scope(catalog)
        var schemas: [String?] = []
        awaitingTypes { _, type in
            if scope.kind(of: type) == nil { schemas.append(type.schema) }
        }
        return schemas
    }

    /// With the meaning of types that were declared after it.
    package func resolved(by catalog: SchemaCatalog) -> TableSchema {
        guard columns.contains(where: { $0.awaitedType != nil }) else { return self }
        let scope = scope(catalog)
        var resolved = self
        awaitingTypes { index, type in
            guard let kind = scope.kind(of: type) else { return }
            resolved.columns[index].kind = kind
            resolved.columns[index].awaitedType = nil
        }
        return resolved
    }
}
