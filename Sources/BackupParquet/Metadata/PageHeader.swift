/// What stands before each page (parquet.thrift, `PageHeader`).
struct PageHeader {
    enum Kind { case data, dataV2, dictionary, other }

    var kind = Kind.other
    /// Bytes of the page, decompressed and as they lie in the file.
    var size = 0
    var compressedSize = 0
    var checksum: UInt32?
    var valueCount = 0
    var encoding = 0
    // Of a data page.
    var definitionEncoding = ParquetEncoding.rle.rawValue
    var repetitionEncoding = ParquetEncoding.rle.rawValue
    // Of a data page v2.
    var rowCount = 0
    var definitionBytes = 0
    var repetitionBytes = 0
    var isCompressed = true

    init(_ reader: inout ThriftReader) throws(ThriftFault) {
        var header = PageHeader(), type = -1, described: [Int] = []
        try reader.structure { reader, id, field throws(ThriftFault) in
            switch id {
            case 1: type = try reader.int(field)
            case 2: header.size = try reader.int(field)
            case 3: header.compressedSize = try reader.int(field)
            case 4: header.checksum = UInt32(truncatingIfNeeded: try reader.int(field))
            case 5, 7, 8:
                guard field == .structure else { throw .invalid("something else than a page's header") }
                described.append(id)
                if id == 8 { try header.readV2(&reader) } else { try header.read(&reader) }
            default: return false
            }
            return true
        }
        switch type {
        case 0 where described == [5]: header.kind = .data
        case 2 where described == [7]: header.kind = .dictionary
        case 3 where described == [8]: header.kind = .dataV2
        case 0, 2, 3: throw .invalid("a page without its own header")
        default: break
        }
        self = header
    }

    private init() {}

    private mutating func read(_ reader: inout ThriftReader) throws(ThriftFault) {
        var header = self
        try reader.structure { reader, id, type throws(ThriftFault) in
            switch id {
            case 1: header.valueCount = try reader.int(type)
            case 2: header.encoding = try reader.int(type)
            case 3 where type != .yes && type != .no: header.definitionEncoding = try reader.int(type)
            case 4: header.repetitionEncoding = try reader.int(type)
            default: return false
            }
            return true
        }
        self = header
    }

    private mutating func readV2(_ reader: inout ThriftReader) throws(ThriftFault) {
        var header = self
        try reader.structure { reader, id, type throws(ThriftFault) in
            switch id {
            case 1: header.valueCount = try reader.int(type)
            case 3: header.rowCount = try reader.int(type)
            case 4: header.encoding = try reader.int(type)
            case 5: header.definitionBytes = try reader.int(type)
            case 6: header.repetitionBytes = try reader.int(type)
            case 7: header.isCompressed = try reader.bool(type)
            default: return false
            }
            return true
        }
        self = header
    }
}
