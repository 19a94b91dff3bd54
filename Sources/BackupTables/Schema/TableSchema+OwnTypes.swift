extension TableSchema {
    /// PostgreSQL's columns whose types mean nothing but their text so far, which domains do not.
    private func ofOwnForm(_ body: (_ index: Int, _ name: String, _ dimensions: Int) -> Void) {
        for (index, column) in columns.enumerated() where column.kind == .ownForm || column.kind == .array(.ownForm) {
            if let type = column.type.flatMap(CreateTable.postgresType) { body(index, type.name, type.dimensions) }
        }
    }

    /// The schemas of types that nobody has declared yet; nil for a type without one in its name.
    package func schemasOfUnknownTypes(_ catalog: SchemaCatalog) -> [String?] {
        let domains = catalog.domains
        var schemas: [String?] = []
        ofOwnForm { _, name, _ in
            if PostgresTypes.isUnknown(name, domains: domains) { schemas.append(name.split(separator: ".").dropLast().last.map(String.init)) }
        }
        return schemas
    }

    /// With the meaning of domains that were declared behind it.
    package func resolved(by catalog: SchemaCatalog) -> TableSchema {
        let domains = catalog.domains
        guard !domains.isEmpty else { return self }
        var columns = columns
        ofOwnForm { index, name, dimensions in columns[index].kind = PostgresTypes.kind(name: name, dimensions: dimensions, domains: domains) }
        return TableSchema(name: name, columns: columns)
    }
}
