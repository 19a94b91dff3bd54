import BackupRows

/// A table as the log maps it before its rows: its name, the types of its columns, and as much of their names, charsets
/// and labels as the server logs (binlog_row_metadata).
final class TableMap: Sendable {
    let name: TableName
    let isMariaDB: Bool
    let types: [ColumnType]
    let metadata: TableMetadata
    /// The event's body after the table's number: a table that is mapped alike is the same.
    let body: [UInt8]

    /// `body`: after the table's number.
    init(_ body: EventBytes, isMariaDB: Bool, columnLimit: Int) throws(ChangeError) {
        self.body = body.array
        self.isMariaDB = isMariaDB
        var rest = body
        try rest.skip(2)
        let database = try rest.text(Int(try rest.byte()))
        try rest.skip(1)
        let table = try rest.text(try rest.packed())
        try rest.skip(1)
        name = TableName(database: database, table: table)
        let count = try rest.packed()
        guard count <= columnLimit else { throw ChangeError(.overLimit, "a table of \(count) columns", table: name) }
        let codes = try rest.take(count)
        var sizes = try rest.take(try rest.packed()), types: [ColumnType] = []
        for index in 0 ..< count { types.append(try ColumnType(codes[index], &sizes)) }
        self.types = types
        try rest.skip((count + 7) / 8)
        do { metadata = try TableMetadata(rest, types, isMariaDB: isMariaDB) } catch {
            throw error.located(table: name)
        }
    }
}
