/// One element of the schema, which is a tree written in depth-first order (parquet.thrift, `SchemaElement`).
struct SchemaElement {
    enum Repetition: Int { case required, optional, repeated }

    var name = ""
    /// nil: a group.
    var type: PhysicalType?
    /// Bytes of a value of fixed length.
    var length = 0
    var repetition = Repetition.required
    var childCount = 0
    var annotation: Annotation?

    init(_ reader: inout ThriftReader) throws(ThriftFault) {
        var element = SchemaElement(), converted: Int?, scale = 0, precision = 0
        try reader.structure { reader, id, type throws(ThriftFault) in
            switch id {
            case 1:
                guard let known = PhysicalType(rawValue: try reader.int(type)) else {
                    throw .invalid("a physical type that is not known")
                }
                element.type = known
            case 2: element.length = try reader.int(type)
            case 3:
                guard let known = Repetition(rawValue: try reader.int(type)) else {
                    throw .invalid("a repetition that is not known")
                }
                element.repetition = known
            case 4: element.name = try reader.text(type)
            case 5: element.childCount = try reader.int(type)
            case 6: converted = try reader.int(type)
            case 7: scale = try reader.int(type)
            case 8: precision = try reader.int(type)
            case 10:
                guard type == .structure else { throw .invalid("something else than a logical type") }
                element.annotation = try Annotation(&reader)
            default: return false
            }
            return true
        }
        if element.annotation == nil, let converted {
            element.annotation = Annotation(converted: converted, precision: precision, scale: scale)
        }
        self = element
    }

    private init() {}
}
