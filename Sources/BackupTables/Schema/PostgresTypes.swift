import BackupBytes

/// Meaning of PostgreSQL's column types, by the names that pg_dump and format_type() write.
enum PostgresTypes {
    /// `name` in lower case without arguments (`character varying`), `domains` those declared in the same export.
    static func kind(name: String, dimensions: Int, domains: [ExactText: ColumnKind]) -> ColumnKind {
        // box arrays separate their elements by semicolons: their text form stays as it is.
        if (name == "box" && dimensions > 0) || name == "_box" { return .ownForm }
        // The name that an array of a built-in type has in the catalogs: `_int4`.
        if name.hasPrefix("_") && domains[ExactText(name)] == nil && !isUnknown(String(name.dropFirst()), domains: [:]) {
            return .array(scalar(String(name.dropFirst()), domains: [:]))
        }
        let element = scalar(name, domains: domains)
        return dimensions > 0 ? .array(element) : element
    }

    /// Built-in types whose text form stays as it is.
    private static let ownForms: Set<String> = [
        "date", "time", "time without time zone", "time with time zone", "timetz", "timestamp", "timestamp without time zone", "timestamp with time zone",
        "timestamptz", "interval", "uuid", "inet", "cidr", "macaddr", "macaddr8", "money", "xml", "tsvector", "tsquery", "bit", "bit varying", "varbit",
        "point", "line", "lseg", "box", "path", "polygon", "circle", "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange",
        "int4multirange", "int8multirange", "nummultirange", "tsmultirange", "tstzmultirange", "datemultirange", "pg_lsn", "pg_snapshot", "txid_snapshot",
        "xid", "xid8", "cid", "tid", "regclass", "regproc", "regprocedure", "regoper", "regoperator", "regtype", "regrole", "regnamespace", "regconfig",
        "regdictionary", "jsonpath", "refcursor", "oidvector", "int2vector", "aclitem",
    ]

    /// Neither built in nor one of `domains`: a type that the export may yet declare.
    static func isUnknown(_ name: String, domains: [ExactText: ColumnKind]) -> Bool {
        let bare = name.hasPrefix("_") ? String(name.dropFirst()) : name
        return scalar(name, domains: domains) == .ownForm && scalar(bare, domains: [:]) == .ownForm && !name.hasPrefix("pg_catalog.")
            && !name.hasPrefix("interval ") && !ownForms.contains(bare)
    }

    private static func scalar(_ name: String, domains: [ExactText: ColumnKind]) -> ColumnKind {
        let bare = name.hasPrefix("pg_catalog.") ? String(name.dropFirst(11)) : name
        switch bare {
        case "smallint", "integer", "int", "int2", "int4", "smallserial", "serial", "serial2", "serial4", "oid": return .integer(isBig: false)
        case "bigint", "int8", "bigserial", "serial8": return .integer(isBig: true)
        case "numeric", "decimal": return .decimal
        case "real", "double precision", "float4", "float8", "float": return .float
        case "boolean", "bool": return .boolean
        case "bytea": return .bytea
        case "text", "character varying", "varchar", "character", "char", "bpchar", "name", "citext", #""char""#: return .text(charset: nil)
        case "json", "jsonb": return .json
        default: return domains[ExactText(bare)] ?? domains[ExactText(String(bare.split(separator: ".").last ?? ""))] ?? .ownForm
        }
    }
}
