/// A column as the structure declares it.
package struct Column: Hashable, Sendable {
    package var name: String
    /// The declared type as written (`decimal(10,2) unsigned`), or nil where no structure is known.
    package var type: String?
    /// What the declared type means for its values.
    package var kind: ColumnKind
    /// Computed by the database from other columns: exports may leave it out of the rows.
    package var isGenerated: Bool
    /// Left out of `SELECT *`, so out of rows without a column list, by MySQL and MariaDB.
    package var isInvisible: Bool
    /// MySQL's NOT NULL.
    package var isNotNull = false
    /// How many characters the values of PostgreSQL's char(n) have; nil for another type.
    package var charCount: Int?
    /// Its type is none of PostgreSQL's own, and nobody has declared it so far: its values are their text until then.
    package var awaitedType: PostgresTypeName?

    package init(
        name: String, type: String? = nil, kind: ColumnKind = .unknown, isGenerated: Bool = false,
        isInvisible: Bool = false, awaitedType: PostgresTypeName? = nil
    ) {
        self.name = name
        self.type = type
        self.kind = kind
        self.isGenerated = isGenerated
        self.isInvisible = isInvisible
        self.awaitedType = awaitedType
    }
}

extension Column {
    /// The same column, whether it may be NULL or not.
    package var withoutNullability: Column {
        var column = self
        column.isNotNull = false
        return column
    }

    /// MariaDB writes a BIT of two bytes and more than 14 bits into delimited text so that 23630 looks like NULL, `\N`.
    var mayLookNull: Bool { bitCount.map { $0 == 15 || $0 == 16 } ?? false }

    /// How many bits MySQL's BIT has; nil for another type.
    package var bitCount: Int? {
        guard case .bit = kind else { return nil }
        let digits = (type ?? "").drop { !$0.isNumber }.prefix { $0.isNumber }
        return digits.isEmpty ? 1 : Int(digits)
    }
}

extension Column {
    /// What a type of dates and times holds.
    package enum Time: Sendable { case date, time, timestamp }

    /// nil: its type is another.
    package var time: Time? {
        guard kind == .ownForm, let type else { return nil }
        switch type.lowercased().prefix(while: \.isLetter) {
        case "date": return .date
        case "time", "timetz": return .time
        case "timestamp", "timestamptz", "datetime": return .timestamp
        default: return nil
        }
    }

    /// MySQL's CHAR, which is read without the blanks at its end.
    var isTrimmed: Bool {
        guard let words = type?.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init) else {
            return false
        }
        let first = words.first == "national" ? words.dropFirst().first : words.first
        return ["char", "character", "nchar"].contains(first)
            && !words.contains { ["varying", "varchar"].contains($0) }
    }
}

/// What a declared type means for values, however a format spells them.
package indirect enum ColumnKind: Hashable, Sendable {
    /// No structure is known.
    case unknown
    /// Text in a charset of the server (nil: the charset of the file).
    case text(charset: String?)
    /// MySQL's ENUM and SET: words, but a number without quotes is a word's place.
    case words(charset: String?)
    /// A type of its own, written as text: dates, UUID, ranges. A number without quotes is no text of it.
    case ownForm
    /// `isBig`: the type passes 2^53.
    case integer(isBig: Bool)
    case decimal
    case float
    case boolean
    /// MySQL's BIT(n). `isBig`: n passes 53.
    case bit(isBig: Bool)
    /// MySQL's BINARY, BLOB, GEOMETRY, VECTOR.
    case binary
    /// PostgreSQL's bytea.
    case bytea
    case json
    /// PostgreSQL's arrays.
    case array(ColumnKind)
}
