/// What the footer says (parquet.thrift, `FileMetaData`).
struct FileMetadata {
    var schema: [SchemaElement] = []
    var rowCount = 0
    var rowGroups: [RowGroup] = []
    /// The program that wrote the file.
    var writer: String?

    init(_ reader: inout ThriftReader) throws(ThriftFault) {
        var metadata = FileMetadata()
        try reader.structure { reader, id, type throws(ThriftFault) in
            switch id {
            case 2:
                metadata.schema = try reader.structures(type) { reader throws(ThriftFault) in
                    try SchemaElement(&reader)
                }
            case 3: metadata.rowCount = try reader.int(type)
            case 4:
                metadata.rowGroups = try reader.structures(type) { reader throws(ThriftFault) in
                    try RowGroup(&reader)
                }
            case 6: metadata.writer = try reader.text(type)
            default: return false
            }
            return true
        }
        self = metadata
    }

    private init() {}
}
