import BackupBytes
import BackupRows
import OrderedCollections

/// The tables that an inspection has met, in their order, each once.
struct InspectedTables {
    private var byName: OrderedDictionary<ExactText, ExportInspection.Table> = [:]

    var all: [ExportInspection.Table] { Array(byName.values) }

    func contains(_ name: TableName) -> Bool { byName[ExactText(name.description)] != nil }

    /// Puts the table at the end; one of its name that was met before is forgotten.
    mutating func putLast(_ table: ExportInspection.Table) {
        let name = ExactText(table.name)
        byName.removeValue(forKey: name)
        byName[name] = table
    }

    /// The same for the table that a structure declares.
    mutating func putLast(_ schema: TableSchema, _ options: ExportOptions) {
        let layout = RowLayout(
            table: schema.name, columns: schema.columns, spelling: SQLDialect(family: .mysql).spelling(),
            lines: LineFormat(values: options.values))
        putLast(.init(name: schema.name.description, columns: layout.outputColumns))
    }

    mutating func remove(_ name: TableName) { byName.removeValue(forKey: ExactText(name.description)) }
}
