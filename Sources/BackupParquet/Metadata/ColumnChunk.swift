/// Where the values of one column of a row group lie (parquet.thrift, `ColumnChunk` and `ColumnMetaData`).
struct ColumnChunk: Sendable {
    var type: PhysicalType?
    /// As its number: one that is not known is reported with the column's name.
    var codec = 0
    /// Values, NULLs counted.
    var valueCount = 0
    var compressedSize = 0
    var dataPageOffset = 0
    var dictionaryPageOffset: Int?
    /// The values lie in another file.
    var filePath: String?
    var isEncrypted = false

    /// Where its first page begins. Some writers say 0 where there is no dictionary.
    var start: Int {
        guard let dictionary = dictionaryPageOffset, dictionary >= 4, dictionary < dataPageOffset else {
            return dataPageOffset
        }
        return dictionary
    }

    init(_ reader: inout ThriftReader) throws(ThriftFault) {
        var chunk = ColumnChunk()
        try reader.structure { reader, id, type throws(ThriftFault) in
            switch id {
            case 1: chunk.filePath = try reader.text(type)
            case 3: try chunk.readMetadata(&reader, type)
            case 8, 9:
                chunk.isEncrypted = true
                return false
            default: return false
            }
            return true
        }
        self = chunk
    }

    private init() {}

    private mutating func readMetadata(_ reader: inout ThriftReader, _ type: ThriftType) throws(ThriftFault) {
        guard type == .structure else { throw .invalid("something else than a column's metadata") }
        var chunk = self
        try reader.structure { reader, id, type throws(ThriftFault) in
            switch id {
            case 1: chunk.type = PhysicalType(rawValue: try reader.int(type))
            case 4: chunk.codec = try reader.int(type)
            case 5: chunk.valueCount = try reader.int(type)
            case 7: chunk.compressedSize = try reader.int(type)
            case 9: chunk.dataPageOffset = try reader.int(type)
            case 11: chunk.dictionaryPageOffset = try reader.int(type)
            default: return false
            }
            return true
        }
        self = chunk
    }
}
