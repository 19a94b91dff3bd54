/// The optional metadata of a TABLE_MAP event (MySQL 8.0, MariaDB 10.5): fields of type, length, value.
struct TableMetadata: Sendable {
    /// By column; nil: not logged.
    var isUnsigned: [Bool]?
    /// By column, the number of its collation; nil: not logged, or no text.
    var collations: [Int?]
    var hasCollations = false
    var names: [String]?
    /// By column, of an ENUM or a SET, in the column's charset.
    var labels: [[[UInt8]]?]
    /// By column; nil: not logged.
    var isVisible: [Bool]?

    init(_ bytes: EventBytes, _ types: [ColumnType], isMariaDB: Bool) throws(ChangeError) {
        collations = Array(repeating: nil, count: types.count)
        labels = Array(repeating: nil, count: types.count)
        var rest = bytes
        while !rest.isEmpty {
            let field = try rest.byte()
            var value = try rest.take(try rest.packed())
            switch field {
            case 1: isUnsigned = try Self.flags(&value, types) { $0.isNumeric }
            case 2: try readDefault(&value, types) { $0.isCharacter(ofMariaDB: isMariaDB) }
            case 3: try readEach(&value, types) { $0.isCharacter(ofMariaDB: isMariaDB) }
            case 4:
                var names: [String] = []
                while !value.isEmpty { names.append(try value.text(try value.packed())) }
                guard names.count == types.count else {
                    throw .damaged("it names \(names.count) columns of \(types.count)")
                }
                self.names = names
            case 5: try readLabels(&value, types, of: ColumnType.set)
            case 6: try readLabels(&value, types, of: ColumnType.enumeration)
            case 10: try readDefault(&value, types) { $0.isEnumOrSet }
            case 11: try readEach(&value, types) { $0.isEnumOrSet }
            case 12: isVisible = try Self.flags(&value, types) { _ in true }
            default: break  // kinds of geometry, keys, dimensions of vectors: no value depends on them
            }
        }
    }

    /// A bit for each column of these, the highest first.
    private static func flags(
        _ value: inout EventBytes, _ types: [ColumnType], _ isOne: (ColumnType) -> Bool
    ) throws(ChangeError) -> [Bool] {
        var flags = Array(repeating: false, count: types.count), number = 0
        for (index, type) in types.enumerated() where isOne(type) {
            try value.check(number / 8 + 1)
            flags[index] = value[number / 8] & (0x80 >> UInt8(number % 8)) != 0
            number += 1
        }
        return flags
    }

    /// One collation for all, then pairs: which of these columns has another, and which.
    private mutating func readDefault(
        _ value: inout EventBytes, _ types: [ColumnType], _ isOne: (ColumnType) -> Bool
    ) throws(ChangeError) {
        let columns = types.indices.filter { isOne(types[$0]) }, usual = try value.packed()
        for column in columns { collations[column] = usual }
        while !value.isEmpty {
            let number = try value.packed(), collation = try value.packed()
            guard columns.indices.contains(number) else {
                throw .damaged("it has a charset of a column that is not there")
            }
            collations[columns[number]] = collation
        }
        hasCollations = true
    }

    private mutating func readEach(
        _ value: inout EventBytes, _ types: [ColumnType], _ isOne: (ColumnType) -> Bool
    ) throws(ChangeError) {
        for (index, type) in types.enumerated() where isOne(type) { collations[index] = try value.packed() }
        hasCollations = true
    }

    private mutating func readLabels(
        _ value: inout EventBytes, _ types: [ColumnType], of code: UInt8
    ) throws(ChangeError) {
        for (index, type) in types.enumerated() where type.code == code && !value.isEmpty {
            var own: [[UInt8]] = []
            for _ in 0 ..< (try value.packed()) { own.append(try value.take(try value.packed()).array) }
            labels[index] = own
        }
    }
}
