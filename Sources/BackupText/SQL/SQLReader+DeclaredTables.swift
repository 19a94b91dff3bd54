import BackupBytes
import BackupRows

extension SQLReader {
    /// The tables that a text of MySQL's SQL declares; statements that are not known are passed over.
    package static func tables(
        declaredIn text: String, database: String?, _ setup: ReaderSetup
    ) -> [TableSchema] {
        var setup = setup
        setup.skipsUnknownStatements = true
        let source = PeekedSource(BytesSource(Array((text + ";\n").utf8)))
        guard
            let reader = try? SQLReader(
                source, dialect: SQLDialect(family: .mysql), database: database, catalog: SchemaCatalog(), setup: setup)
        else { return [] }
        var declared: [TableSchema] = []
        while let event = try? reader.next() {
            if case .declared(let schema) = event { declared.append(schema) }
        }
        return declared
    }
}
