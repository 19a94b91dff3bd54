import BackupLake
import BackupRows
import BackupText

/// What is met on the way through an export, in its order. Batches of rows are by far the most: an event is as small as
/// they are.
enum WalkEvent: Sendable {
    /// A table is known now; its columns too, where a structure declares them.
    indirect case table(TableName, [Column])
    case rows(ReadRows)
    /// A slab of a file of rows was spilled, until its structure comes.
    case spilled
    indirect case fault(RowFault, TableName, entry: String)
    /// What was taken for a table is a view.
    indirect case view(TableName)
    /// All that came of the table before in this entry is no more: the table is removed, or only its rows
    /// (`isEmptied`).
    indirect case dropped(TableName, isEmptied: Bool, entry: String)
    indirect case warning(String, TableName?)
    /// Binary logs have been read from here to there.
    indirect case logs(ConversionReport.LogRange)
    /// An entry has been read to its end.
    indirect case entry(String, TableName?)
}

extension WalkEvent {
    /// What a reader's event means to the export; nil for those that the walk itself follows, and those of tables that
    /// are not wanted.
    static func of(_ event: RowEvent, entry: String, _ tables: TableFilter) -> WalkEvent? {
        switch event {
        case .rows, .declared, .cut, .removes: nil
        case .fault(let fault, let table): tables.wants(table) ? .fault(fault, table, entry: entry) : nil
        case .view(let name): .view(name)
        case .met(let name, let columns): tables.wants(name) ? .table(name, columns) : nil
        case .dropped(let name, let isEmptied):
            tables.wants(name) ? .dropped(name, isEmptied: isEmptied, entry: entry) : nil
        case .warning(let text): .warning("\(entry): \(text)", nil)
        case .note(let text, let table): table.map(tables.wants) == false ? nil : .warning("\(entry): \(text)", table)
        }
    }
}
