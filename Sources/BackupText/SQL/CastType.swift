import BackupRows

/// A type of PostgreSQL as a cast or a column writes it: `character varying(10)`, `numeric(6,2)[]`, `public.mood`.
struct CastType: Equatable {
    /// What a cast to it does, as far as that is known here.
    enum Family: Equatable {
        case text, char, integer, numeric, float, boolean
        case other
    }

    private(set) var name = PostgresTypeName()
    private(set) var arguments: [Int] = []
    private(set) var family = Family.other
    /// It is a domain or an enum, of which only the kind of its values is known.
    private(set) var isDeclared = false

    init() {}

    /// The type of a column; nil where none is declared, or it is not read.
    init?(of column: Column) {
        self.init(column.type)
        guard family == .other, name.dimensions == 0, PostgresTypeScope().kind(of: name) == nil else { return }
        isDeclared = true
        family =
            switch column.kind {
            case .text: .text
            case .integer: .integer
            case .decimal: .numeric
            case .float: .float
            case .boolean: .boolean
            default: .other
            }
        if family == .integer { name.name = "int8" }
    }

    /// nil: there is no type at the lexer's position. The lexer is then after it.
    init?(_ lexer: inout SQLLexer) throws(SQLIncomplete) {
        while true {
            var ahead = lexer
            let token = try ahead.next()
            switch ahead.symbol(token) {
            case UInt8(ascii: "("): try takeArguments(&ahead)
            case UInt8(ascii: "["): name.dimensions += 1
            case UInt8(ascii: "]"): break
            case UInt8(ascii: "."): (name.schema, name.name) = (name.name, "")
            case nil where token.kind == .quotedName && ahead.text(token) == "char": name.append(#""char""#)
            case nil where token.kind == .number && name.dimensions > 0: break
            case nil where token.kind == .word && ahead.word(token) == "array": name.dimensions += 1
            case nil where token.kind == .word || token.kind == .quotedName: name.append(ahead.name(token))
            default:
                if name.name.isEmpty { return nil }
                classify()
                return
            }
            lexer = ahead
        }
    }

    /// A type as it is written in CREATE TABLE.
    init?(_ text: String?) {
        guard let text else { return nil }
        let parsed = unsafe Array(text.utf8).withUnsafeBytes { bytes in
            var lexer = unsafe SQLLexer(bytes, isWhole: true, dialect: SQLDialect(family: .postgresql))
            return try? CastType(&lexer)
        }
        guard let parsed else { return nil }
        self = parsed
    }

    private mutating func takeArguments(_ lexer: inout SQLLexer) throws(SQLIncomplete) {
        while true {
            let token = try lexer.next()
            if token.kind == .end || lexer.symbol(token) == UInt8(ascii: ")") { return }
            if token.kind == .number { arguments.append(Int(lexer.text(token)) ?? -1) }
        }
    }

    private mutating func classify() {
        if name.schema == PostgresSchemas.catalog { name.schema = nil }
        name.name = Self.usualNames[name.name] ?? name.name
        guard name.schema == nil, name.dimensions == 0 else { return }
        switch name.name {
        case "text", "varchar": family = .text
        case "char":
            family = .char
            if arguments.isEmpty { arguments = [1] }
        case "bpchar": family = .char
        case "int2", "int4", "int8": family = .integer
        case "numeric": family = .numeric
        case "float4", "float8": family = .float
        case "bool": family = .boolean
        default: family = .other
        }
    }

    private static let usualNames = [
        "character varying": "varchar", "char varying": "varchar", "national character varying": "varchar",
        "character": "char", "nchar": "char", "national character": "char", "national char": "char",
        "smallint": "int2", "integer": "int4", "int": "int4", "bigint": "int8", "decimal": "numeric",
        "dec": "numeric", "real": "float4", "double precision": "float8", "float": "float8", "boolean": "bool",
        "serial": "int4", "bigserial": "int8", "smallserial": "int2", "serial4": "int4", "serial8": "int8",
        "serial2": "int2", "timestamp without time zone": "timestamp", "time without time zone": "time",
        "timestamp with time zone": "timestamptz", "time with time zone": "timetz", "bit varying": "varbit",
    ]

    /// The number of characters, where it is limited.
    var length: Int? { arguments.first }
    /// numeric(p, s).
    var scale: Int? { arguments.isEmpty ? nil : arguments.count > 1 ? arguments[1] : 0 }

    /// The same type, whatever its schema is: one of them may be left to the search path.
    func isSame(as other: CastType) -> Bool {
        let areSchemasSame = name.schema == nil || other.name.schema == nil || name.schema == other.name.schema
        return areSchemasSame && name.name == other.name.name && (name.dimensions > 0) == (other.name.dimensions > 0)
            && (arguments.isEmpty || arguments == other.arguments)
    }
}
