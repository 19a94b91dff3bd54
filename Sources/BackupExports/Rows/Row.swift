import BackupRows

/// One row of a table.
///
///     let id = try row["id"]?.int              // Int?: nil for NULL, an error for what is no Int
///     for value in row.values { … }            // in column order
///     let order = try row.decode(Order.self)   // your own Decodable type
///
/// It borrows its values from the batch it came in: a row that is kept keeps about a megabyte alive, which all rows of
/// one batch share. What `int`, `string`, `bytes`, `json` or `decode` give is your own.
public struct Row: Sendable {
    @usableFromInline let decoded: DecodedRows
    /// Its number among the decoded rows.
    @usableFromInline let index: Int

    @inlinable init(_ decoded: DecodedRows, _ index: Int) {
        self.decoded = decoded
        self.index = index
    }

    /// The table that the rows belong to.
    public var table: TableName { decoded.batch.table }
    /// The keys that a conversion writes the values under, in column order: names of columns, made unique.
    public var keys: [String] { decoded.batch.layout.keys }
    /// Number of the row in its entry, from 1.
    public var number: Int { decoded.number(ofRow: index) }

    /// All values, in the order of `keys`.
    @inlinable public var values: RowValues { RowValues(decoded, row: index) }

    /// The value of a column; nil where the export leaves it out (DEFAULT in an INSERT), or there is no such column.
    public subscript(key: String) -> RowValue? { decoded.batch.layout.index(ofKey: key).flatMap { self[$0] } }

    /// The value of a column by its number; nil where the export leaves it out, or there is no such column, for INSERTs
    /// may name fewer than the table has.
    @inlinable public subscript(index: Int) -> RowValue? {
        guard values.indices.contains(index) else { return nil }
        let value = values[index]
        return value.isAbsent ? nil : value
    }

    /// The row as one JSON object: the line that a conversion writes.
    public var json: String { String(decoding: decoded.line(ofRow: index), as: UTF8.self) }
}

/// The values of a row, in column order; those that the export leaves out are of the kind `absent`.
public struct RowValues: RandomAccessCollection, Sendable {
    @usableFromInline let decoded: DecodedRows
    @usableFromInline let row: Int

    @inlinable init(_ decoded: DecodedRows, row: Int) {
        self.decoded = decoded
        self.row = row
    }

    /// Where the elements begin: 0.
    @inlinable public var startIndex: Int { 0 }
    /// The number of elements.
    @inlinable public var endIndex: Int { decoded.columnCount }
    /// The element of this number, from 0.
    @inlinable public subscript(column: Int) -> RowValue { RowValue(decoded, row: row, column: column) }
}
