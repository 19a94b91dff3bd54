import BackupRows

/// The rows of one batch, in order.
public struct Rows: RandomAccessCollection, Sendable {
    let decoded: DecodedRows

    init(_ decoded: DecodedRows) { self.decoded = decoded }

    public var table: TableName { decoded.batch.table }

    public var startIndex: Int { 0 }
    public var endIndex: Int { decoded.count }
    public subscript(index: Int) -> Row { Row(decoded, index) }
}
