import BackupRows

/// A table whose changes are read, with the names and types of its columns as far as anybody knows them: from the log
/// itself, else from a structure, else `c1` to `cN`.
final class ChangedTable: Sendable {
    let map: TableMap
    let columns: [ChangedColumn]
    /// The same for the loop over the values of a row. Threads share it: nothing writes to it once it is made.
    nonisolated(unsafe) let steps: ColumnSteps
    /// The front of what lines say of where its rows come from.
    let owner: [UInt8]
    /// What is not known of it, for people.
    let warnings: [String]
    /// Names of the database's own columns, which are not written.
    let hidden: [String]
    /// Columns of JSON.
    let documentCount: Int
    /// Its rows are written; else they are only counted.
    let isWanted: Bool
    /// Of its lines.
    let layout: RowLayout
    /// Bytes that a line of it has beside values, about.
    let lineBytes: Int

    /// Bytes of a line's own keys, and of where its row comes from.
    private static let otherLineBytes = 200

    /// `schema`: what a structure declares of the table.
    init(
        _ map: TableMap, schema: TableSchema?, values: ValueOptions, layouts: ChangeLayouts, isWanted: Bool
    ) throws(ChangeError) {
        (self.map, self.isWanted) = (map, isWanted)
        var columns: [ChangedColumn] = [], warnings: [String] = []
        let declared = schema.flatMap { Self.join($0, map) }
        for index in map.types.indices {
            let own = declared.map { $0.columns.indices.contains(index) ? $0.columns[index] : nil } ?? nil
            columns.append(
                try ChangedColumn(
                    index, map, declared: own, name: map.metadata.names?[index],
                    isHidden: map.metadata.names == nil && declared != nil && own == nil, values: values))
        }
        if map.metadata.names == nil && declared == nil {
            warnings.append(
                "its columns are c1 to c\(map.types.count): the log does not name them, and "
                    + (schema == nil ? "no structure declares the table" : "the structure declares others")
                    + ". Give the structure of that time (`mysqldump --no-data`), or set binlog_row_metadata=FULL")
        }
        let guessed = columns.filter(\.isGuessed).map(\.name)
        if !guessed.isEmpty {
            warnings.append(
                "nothing says the sign, the charset or the words of \(guessed.joined(separator: ", ")): integers are "
                    + "read as signed, CHAR and VARCHAR as UTF-8, others as bytes, ENUM and SET as numbers")
        }
        self.columns = columns
        steps = ColumnSteps(columns)
        owner = ChangeSource.owner(map.name)
        layout = layouts.layout(of: map.name, columns)
        lineBytes = columns.reduce(owner.count + Self.otherLineBytes) { $0 + $1.key.count + 1 }
        self.warnings = warnings
        hidden = columns.filter(\.isHidden).map(\.name)
        documentCount = columns.count { $0.isDocument }
    }

    /// Whether an image with these columns has all of them.
    func isWhole(_ present: EventBytes) -> Bool {
        let whole = columns.count / 8
        for index in 0 ..< whole where present[index] != 0xFF { return false }
        let rest = UInt8(truncatingIfNeeded: 1 << (columns.count % 8) - 1)
        return rest == 0 || present[whole] & rest == rest
    }

    /// The declared columns, where they are those of the log. RDS's implicit key, which no structure shows, may follow.
    private static func join(_ schema: TableSchema, _ map: TableMap) -> TableSchema? {
        let extra = map.types.count - schema.columns.count
        guard extra == 0 || extra == 1 && map.types.last?.code == ColumnType.longLong else { return nil }
        for (column, type) in zip(schema.columns, map.types) {
            if let declared = column.type, !DeclaredType(declared).matches(type) { return nil }
        }
        if let names = map.metadata.names, zip(names, schema.columns).contains(where: { $0 != $1.name }) { return nil }
        return schema
    }
}
