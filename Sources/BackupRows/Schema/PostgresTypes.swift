/// Meaning of the types that PostgreSQL itself has, by the names that pg_dump and format_type() write.
enum PostgresTypes {
    /// nil: it is none of them.
    package static func kind(of type: PostgresTypeName) -> ColumnKind? {
        // box arrays separate their elements by semicolons: their text form stays as it is.
        if (type.name == "box" && type.dimensions > 0) || type.name == "_box" { return .ownForm }
        if let element = scalar(type.name) { return type.dimensions > 0 ? .array(element) : element }
        // The name that an array has in the catalogs: `_int4`.
        guard type.name.hasPrefix("_"), let element = scalar(String(type.name.dropFirst())) else { return nil }
        return .array(element)
    }

    /// Built-in types whose text form stays as it is.
    private static let ownForms: Set<String> = [
        "date", "time", "time without time zone", "time with time zone", "timetz", "timestamp",
        "timestamp without time zone", "timestamp with time zone",
        "timestamptz", "interval", "uuid", "inet", "cidr", "macaddr", "macaddr8", "money", "xml", "tsvector", "tsquery",
        "bit", "bit varying", "varbit",
        "point", "line", "lseg", "box", "path", "polygon", "circle", "int4range", "int8range", "numrange", "tsrange",
        "tstzrange", "daterange",
        "int4multirange", "int8multirange", "nummultirange", "tsmultirange", "tstzmultirange", "datemultirange",
        "pg_lsn", "pg_snapshot", "txid_snapshot",
        "xid", "xid8", "cid", "tid", "regclass", "regproc", "regprocedure", "regoper", "regoperator", "regtype",
        "regrole", "regnamespace", "regconfig",
        "regdictionary", "jsonpath", "refcursor", "oidvector", "int2vector", "aclitem",
    ]

    /// Types that the grammar itself knows: no other type can have such a name without quotes.
    static func isKeyword(_ name: String) -> Bool { keywords.contains(name) || name.contains(" ") }

    private static let keywords: Set<String> = [
        "smallint", "integer", "int", "bigint", "real", "float", "decimal", "dec", "numeric", "boolean", "bit",
        "character", "char", "varchar", "nchar",
        "timestamp", "time", "interval",
    ]

    private static func scalar(_ name: String) -> ColumnKind? {
        switch name {
        case "smallint", "integer", "int", "int2", "int4", "smallserial", "serial", "serial2", "serial4", "oid":
            .integer(isBig: false)
        case "bigint", "int8", "bigserial", "serial8": .integer(isBig: true)
        case "numeric", "decimal", "dec": .decimal
        case "real", "double precision", "float4", "float8", "float": .float
        case "boolean", "bool": .boolean
        case "bytea": .bytea
        case "text", "character varying", "varchar", "character", "char", "bpchar", "name", "citext", #""char""#:
            .text(charset: nil)
        case "json", "jsonb": .json
        default: ownForms.contains(name) || name.hasPrefix("interval ") ? .ownForm : nil
        }
    }
}
