import BackupRows

/// The rows of one batch, in order.
public struct Rows: RandomAccessCollection, Sendable {
    @usableFromInline let decoded: DecodedRows

    init(_ decoded: DecodedRows) { self.decoded = decoded }

    /// The table that the rows belong to.
    public var table: TableName { decoded.batch.table }

    /// Where the elements begin: 0.
    @inlinable public var startIndex: Int { 0 }
    /// The number of elements.
    @inlinable public var endIndex: Int { decoded.count }
    /// The element of this number, from 0.
    @inlinable public subscript(index: Int) -> Row { Row(decoded, index) }
}
