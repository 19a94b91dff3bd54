import BackupRows

/// The rows of one batch, in order.
public struct Rows: RandomAccessCollection, Sendable {
    @usableFromInline let decoded: DecodedRows

    init(_ decoded: DecodedRows) { self.decoded = decoded }

    public var table: TableName { decoded.batch.table }

    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { decoded.count }
    @inlinable public subscript(index: Int) -> Row { Row(decoded, index) }
}
