/// A value of MySQL's binary JSON (sql-common/json_binary.h).
///
///     object or array   count | bytes | offset, length of each key | type, offset of each value | keys … | values …
///
/// Offsets count from the first byte after the type; they and the lengths have two bytes in a small one, else four.
struct BinaryDocument {
    enum Kind {
        case object(Container)
        case array(Container)
        /// `null`, `true`, `false`.
        case literal(UInt8)
        case signed(Int64)
        case unsigned(UInt64)
        case double(Double)
        case string(EventBytes)
        /// A value of another type of MySQL's: its type, its bytes.
        case opaque(UInt8, EventBytes)
    }

    let kind: Kind

    /// `bytes`: with the type in front.
    init(_ bytes: EventBytes) throws(ChangeError) {
        var rest = bytes
        self = try BinaryDocument(try rest.byte(), rest)
    }

    init(_ type: UInt8, _ bytes: EventBytes) throws(ChangeError) {
        var rest = bytes
        switch type {
        case 0, 1: kind = .object(try Container(bytes, isLarge: type == 1, isObject: true))
        case 2, 3: kind = .array(try Container(bytes, isLarge: type == 3, isObject: false))
        case 4: kind = .literal(try rest.byte())
        case 5: kind = .signed(Int64(Int16(bitPattern: UInt16(try rest.number(2)))))
        case 6: kind = .unsigned(try rest.number(2))
        case 7: kind = .signed(Int64(Int32(bitPattern: UInt32(try rest.number(4)))))
        case 8: kind = .unsigned(try rest.number(4))
        case 9: kind = .signed(Int64(bitPattern: try rest.number(8)))
        case 10: kind = .unsigned(try rest.number(8))
        case 11: kind = .double(Double(bitPattern: try rest.number(8)))
        case 12: kind = .string(try rest.take(try Self.length(&rest)))
        case 15:
            let own = try rest.byte()
            kind = .opaque(own, try rest.take(try Self.length(&rest)))
        default: throw .damaged("a JSON document has a value of the unknown type \(type)")
        }
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    private static func length(_ rest: inout EventBytes) throws(ChangeError) -> Int {
        var length = 0
        for index in 0 ..< 5 {
            let byte = try rest.byte()
            length |= Int(byte & 0x7F) << (7 * index)
            if byte & 0x80 == 0 { return length }
        }
        throw .damaged("a JSON document has a length of more than five bytes")
    }

    /// The members of an object, or the cells of an array.
    struct Container {
        private let bytes: EventBytes
        private let width: Int
        private let isObject: Bool
        let count: Int

        init(_ bytes: EventBytes, isLarge: Bool, isObject: Bool) throws(ChangeError) {
            width = isLarge ? 4 : 2
            self.isObject = isObject
            var rest = bytes
            count = try rest.int(width)
            let size = try rest.int(width)
            var whole = bytes
            self.bytes = try whole.take(size)
            guard count <= size else { throw .damaged("a JSON document counts more values than it has bytes") }
        }

        func key(_ index: Int) throws(ChangeError) -> EventBytes {
            var entry = try bytes(from: 2 * width + index * (width + 2))
            let offset = try entry.int(width), length = try entry.int(2)
            var key = try bytes(from: offset)
            return try key.take(length)
        }

        func value(_ index: Int) throws(ChangeError) -> BinaryDocument {
            let keys = isObject ? count * (width + 2) : 0
            var entry = try bytes(from: 2 * width + keys + index * (width + 1))
            let type = try entry.byte()
            switch type {
            case 4, 5, 6: return try BinaryDocument(type, entry)
            case 7, 8: if width == 4 { return try BinaryDocument(type, entry) }
            default: break
            }
            let offset = try entry.int(width)
            return try BinaryDocument(type, try bytes(from: offset))
        }

        private func bytes(from offset: Int) throws(ChangeError) -> EventBytes {
            var rest = bytes
            try rest.skip(offset)
            return rest
        }
    }
}
