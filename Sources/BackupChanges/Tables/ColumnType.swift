/// The type of a column as a TABLE_MAP event has it: MySQL's number for it, and what its metadata says.
struct ColumnType: Equatable, Sendable {
    /// MYSQL_TYPE_…, of an ENUM, SET or CHAR the real one.
    var code: UInt8
    /// By type: precision and scale, the longest value in bytes, digits of the fraction, bytes of a length.
    var size = 0
    var scale = 0
    /// Of the key parts of a multi-valued index: a hidden column.
    var isArray = false

    static let tiny: UInt8 = 1, short: UInt8 = 2, long: UInt8 = 3, float: UInt8 = 4, double: UInt8 = 5,
        null: UInt8 = 6, timestamp: UInt8 = 7, longLong: UInt8 = 8, int24: UInt8 = 9, date: UInt8 = 10,
        time: UInt8 = 11, dateTime: UInt8 = 12, year: UInt8 = 13, newDate: UInt8 = 14, varchar: UInt8 = 15,
        bit: UInt8 = 16, timestamp2: UInt8 = 17, dateTime2: UInt8 = 18, time2: UInt8 = 19, typedArray: UInt8 = 20,
        compressedBlob: UInt8 = 140, compressedVarchar: UInt8 = 141, vector: UInt8 = 242, json: UInt8 = 245,
        newDecimal: UInt8 = 246, enumeration: UInt8 = 247, set: UInt8 = 248, blob: UInt8 = 252,
        varString: UInt8 = 253, string: UInt8 = 254, geometry: UInt8 = 255
    private static let blobs: ClosedRange<UInt8> = 249 ... 252

    /// `code`: as the list of types has it; `metadata`: the rest of the table's, from this column's on.
    init(_ code: UInt8, _ metadata: inout EventBytes) throws(ChangeError) {
        var code = code
        if code == Self.typedArray {
            isArray = true
            code = try metadata.byte()
        }
        self.code = code
        switch code {
        case Self.tiny, Self.short, Self.int24, Self.long, Self.longLong, Self.year, Self.date, Self.newDate, Self.time,
            Self.dateTime, Self.timestamp, Self.null:
            break
        case Self.float, Self.double, Self.time2, Self.dateTime2, Self.timestamp2:
            size = Int(try metadata.byte())
        case Self.blobs, Self.json, Self.geometry, Self.vector, Self.compressedBlob:
            size = Int(try metadata.byte())
            if Self.blobs.contains(code) { self.code = Self.blob }
            guard (1 ... 4).contains(size) else { throw .damaged("a column of blobs has lengths of \(size) bytes") }
        case Self.varchar, Self.compressedVarchar: size = try metadata.int(isArray ? 3 : 2)
        case Self.bit:
            let bits = Int(try metadata.byte()), bytes = Int(try metadata.byte())
            size = bytes * 8 + bits
            guard bits < 8, (1 ... 64).contains(size) else { throw .damaged("a BIT column of \(size) bits") }
        case Self.newDecimal:
            (size, scale) = (Int(try metadata.byte()), Int(try metadata.byte()))
            guard (1 ... 65).contains(size), scale <= min(size, 38) else {
                throw .damaged("a DECIMAL column of \(size) digits, \(scale) of them after the point")
            }
        case Self.string, Self.varString, Self.enumeration, Self.set: try readString(&metadata)
        default: throw .unsupported("a column is of type \(code), which is not known")
        }
        if [Self.time2, Self.dateTime2, Self.timestamp2].contains(code), size > 6 {
            throw .damaged("a column of times has \(size) digits of fraction")
        }
    }

    /// CHAR, BINARY, ENUM and SET: the first byte is the real type, with two bits of a long CHAR's length in it.
    private mutating func readString(_ metadata: inout EventBytes) throws(ChangeError) {
        let first = try metadata.byte(), second = Int(try metadata.byte())
        if first == 0 {
            size = second
        } else if first & 0x30 != 0x30 {
            code = first | 0x30
            size = second | Int((first & 0x30) ^ 0x30) << 4
        } else {
            code = first
            size = second
        }
        switch code {
        case Self.string, Self.varString: code = Self.string
        case Self.enumeration:
            guard size == 1 || size == 2 else { throw .damaged("an ENUM column of \(size) bytes") }
        case Self.set: guard (1 ... 8).contains(size) else { throw .damaged("a SET column of \(size) bytes") }
        default: throw .unsupported("a column is of type \(code), which is not known")
        }
    }

    /// Whether the log's metadata says of it if it has a sign.
    var isNumeric: Bool {
        switch code {
        case Self.tiny, Self.short, Self.int24, Self.long, Self.longLong, Self.newDecimal, Self.float, Self.double,
            Self.year:
            !isArray
        default: false
        }
    }

    /// Whether the log's metadata has its charset among those of texts. MySQL counts vectors among them, and MariaDB
    /// geometries.
    func isCharacter(ofMariaDB: Bool) -> Bool {
        switch code {
        case Self.string, Self.varchar, Self.blob, Self.compressedBlob, Self.compressedVarchar: !isArray
        case Self.vector: true
        case Self.geometry: ofMariaDB
        default: false
        }
    }

    var isEnumOrSet: Bool { code == Self.enumeration || code == Self.set }
}
