/// What values mean beyond how they are stored: the format's logical types, and the older converted types.
package enum Annotation: Equatable, Sendable {
    case string, `enum`, json, bson, uuid, date, float16, interval
    /// All values are NULL.
    case null
    case list, map, mapKeyValue
    case decimal(precision: Int, scale: Int)
    case integer(bits: Int, isSigned: Bool)
    case time(TimeUnit)
    case timestamp(TimeUnit, isUTC: Bool)
    case variant, geometry, geography
    /// One that came after this reader.
    case unknown(Int)

    package enum TimeUnit: Int, Sendable {
        case millis = 3, micros = 6, nanos = 9
        /// Digits of a second's fraction.
        var digits: Int { rawValue }
        var perSecond: Int64 { self == .millis ? 1000 : self == .micros ? 1_000_000 : 1_000_000_000 }
    }
}

extension Annotation {
    /// The union `LogicalType`; nil where it is empty.
    init?(_ reader: inout ThriftReader) throws(ThriftFault) {
        var annotation: Annotation?
        try reader.structure { reader, id, type throws(ThriftFault) in
            switch id {
            case 5:
                let (scale, precision) = try Self.twoNumbers(&reader)
                annotation = .decimal(precision: precision, scale: scale)
            case 7, 8:
                var unit: TimeUnit?, isUTC = false
                try reader.structure { reader, id, type throws(ThriftFault) in
                    if id == 1 { isUTC = try reader.bool(type) } else if id == 2 { unit = try Self.unit(&reader) }
                    return id == 1 || id == 2
                }
                guard let unit else { throw .invalid("a unit of time that is not known") }
                annotation = id == 7 ? .time(unit) : .timestamp(unit, isUTC: isUTC)
            case 10:
                var bits = 0, isSigned = true
                try reader.structure { reader, id, type throws(ThriftFault) in
                    if id == 1 { bits = try reader.int(type) } else if id == 2 { isSigned = try reader.bool(type) }
                    return id == 1 || id == 2
                }
                annotation = .integer(bits: bits, isSigned: isSigned)
            default:
                annotation = Self.plain[id] ?? .unknown(id)
                return false
            }
            return true
        }
        guard let annotation else { return nil }
        self = annotation
    }

    private static let plain: [Int: Annotation] = [
        1: .string, 2: .map, 3: .list, 4: .enum, 6: .date, 11: .null, 12: .json, 13: .bson, 14: .uuid, 15: .float16,
        16: .variant, 17: .geometry, 18: .geography,
    ]

    private static func twoNumbers(_ reader: inout ThriftReader) throws(ThriftFault) -> (Int, Int) {
        var first = 0, second = 0
        try reader.structure { reader, id, type throws(ThriftFault) in
            if id == 1 { first = try reader.int(type) } else if id == 2 { second = try reader.int(type) }
            return id == 1 || id == 2
        }
        return (first, second)
    }

    private static func unit(_ reader: inout ThriftReader) throws(ThriftFault) -> TimeUnit? {
        var unit: TimeUnit?
        try reader.structure { _, id, _ throws(ThriftFault) in
            unit = TimeUnit(rawValue: id * 3)
            return false
        }
        return unit
    }

    /// The older `ConvertedType`.
    init?(converted: Int, precision: Int, scale: Int) {
        switch converted {
        case 0: self = .string
        case 1: self = .map
        case 2: self = .mapKeyValue
        case 3: self = .list
        case 4: self = .enum
        case 5: self = .decimal(precision: precision, scale: scale)
        case 6: self = .date
        case 7: self = .time(.millis)
        case 8: self = .time(.micros)
        case 9: self = .timestamp(.millis, isUTC: true)
        case 10: self = .timestamp(.micros, isUTC: true)
        case 11 ... 14: self = .integer(bits: 8 << (converted - 11), isSigned: false)
        case 15 ... 18: self = .integer(bits: 8 << (converted - 15), isSigned: true)
        case 19: self = .json
        case 20: self = .bson
        case 21: self = .interval
        default: return nil
        }
    }
}
