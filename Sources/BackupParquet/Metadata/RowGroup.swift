/// Rows whose columns lie one after the other (parquet.thrift, `RowGroup`).
struct RowGroup: Sendable {
    var columns: [ColumnChunk] = []
    var rowCount = 0

    init(_ reader: inout ThriftReader) throws(ThriftFault) {
        var columns: [ColumnChunk] = [], rowCount = 0
        try reader.structure { reader, id, type throws(ThriftFault) in
            switch id {
            case 1:
                columns = try reader.structures(type) { reader throws(ThriftFault) in try ColumnChunk(&reader) }
            case 3: rowCount = try reader.int(type)
            default: return false
            }
            return true
        }
        (self.columns, self.rowCount) = (columns, rowCount)
    }
}
