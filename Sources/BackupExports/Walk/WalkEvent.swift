import BackupTables

/// What is met on the way through an export, in its order.
enum WalkEvent {
    /// A table is known now; its columns too, where a structure tells them.
    case table(TableName, [Column])
    case rows(RowBatch)
    /// A slab of a file of rows was laid aside until its structure comes.
    case laidAside
    case fault(RowFault, TableName, entry: String)
    /// What was taken for a table is a view.
    case view(TableName)
    case warning(String, TableName?)
    /// An entry has been read to its end.
    case entry(String, TableName?)
}
