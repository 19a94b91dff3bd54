/// Meaning of MySQL's and MariaDB's column types (MySQL reference manual, "Data Types").
package enum MySQLTypes {
    /// First words of texts' types. All others that are known have a kind of their own in `kind`.
    private static let texts: Set<String> = [
        "char", "varchar", "character", "varcharacter", "nchar", "nvarchar", "national", "varchar2", "nvarchar2",
        "tinytext", "text", "mediumtext",
        "longtext", "long", "clob", "xmltype",
    ]

    /// Whether a type with these words is one of MySQL's or MariaDB's.
    package static func isKnown(_ words: [String]) -> Bool {
        if case .text = kind(words: words, argument: nil, charset: nil) { return texts.contains(words.first ?? "") }
        return true
    }

    /// `words` are the type's words in lower case without their parentheses (`["int", "unsigned"]`), `argument` the
    /// first number in parentheses, `charset` what the column or table says.
    package static func kind(words: [String], argument: Int?, charset: String?) -> ColumnKind {
        switch words.first ?? "" {
        case "tinyint", "smallint", "mediumint", "int", "integer", "int1", "int2", "int3", "int4", "middleint", "bool",
            "boolean", "year":
            return .integer(isBig: false)
        case "bigint", "int8", "serial": return .integer(isBig: true)
        case "decimal", "dec", "numeric", "fixed", "number": return .decimal
        case "float", "double", "real", "float4", "float8": return .float
        case "bit": return .bit(isBig: (argument ?? 1) > 53)
        case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "raw", "vector",
            "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon",
            "geometrycollection", "geomcollection":
            return .binary
        case "char" where words.dropFirst().first == "byte": return .binary
        case "long" where words.dropFirst().first == "varbinary": return .binary
        case "json": return .json
        case "date", "time", "datetime", "timestamp", "uuid", "inet4", "inet6": return .ownForm
        case "enum", "set": return charset == "binary" ? .binary : .words(charset: charset)
        default: return charset == "binary" ? .binary : .text(charset: charset)
        }
    }
}
