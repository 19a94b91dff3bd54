import BackupBytes
import BackupRows
import BackupText

/// Whose SQL a file is: by the options, else by its head (`SQLFamilyFinding`), else by what lies beside it.
struct DialectChoice {
    let family: SQLDialect.Family
    /// Nothing shows it: it is read as the family, as long as both would read it alike.
    let isAssumed: Bool

    /// Looks at the head of a text; what it returns gives all of it. `shape`: what the file's path, or a structure
    /// beside it, says.
    static func make(
        for source: PeekedSource, options: ExportOptions, shape: SQLDialect.Family?, origin: String
    ) throws -> (DialectChoice, PeekedSource) {
        if let given = options.dialect.family { return (DialectChoice(family: given, isAssumed: false), source) }
        let (finding, whole) = try look(at: source, shape: shape)
        return (try DialectChoice(finding, origin: origin), whole)
    }

    /// What the head shows: a longer one where the usual one shows nothing.
    static func look(at source: PeekedSource, shape: SQLDialect.Family?) throws -> (SQLFamilyFinding, PeekedSource) {
        let usual = SQLFamilyFinding.usualHead, longest = SQLFamilyFinding.longestHead
        let head = try source.peek(usual)
        let finding = find(in: head, isWhole: head.count < usual, shape: shape)
        guard finding.isOpen && head.count == usual else { return (finding, source) }
        let wide = PeekedSource(rest: source, atMost: longest)
        let long = try wide.peek(longest)
        return (find(in: long, isWhole: long.count < longest, shape: shape), wide)
    }

    /// The same of text in memory.
    static func family(
        of text: [UInt8], options: ExportOptions, shape: SQLDialect.Family?, origin: String
    ) throws -> SQLDialect.Family {
        if let given = options.dialect.family { return given }
        let longest = SQLFamilyFinding.longestHead
        let finding = text.withUnsafeBytes {
            SQLFamilyFinding(.init(rebasing: $0.prefix(longest)), isWhole: $0.count <= longest, shape: shape)
        }
        return try DialectChoice(finding, origin: origin).family
    }

    static func find(in head: UnsafeRawBufferPointer, isWhole: Bool, shape: SQLDialect.Family?) -> SQLFamilyFinding {
        guard let plain = UnicodeMark.plainHead(head) else {
            return SQLFamilyFinding(head, isWhole: isWhole, shape: shape)
        }
        return plain.withUnsafeBytes { SQLFamilyFinding($0, isWhole: isWhole, shape: shape) }
    }

    /// As a reader begins with it. `encoding`: of the file's strings, where they do not say it and the file is not
    /// decoded as a whole.
    func dialect(encoding: String?) -> SQLDialect {
        var dialect = SQLDialect(family: family, charset: family == .mysql ? encoding : nil)
        dialect.isAssumed = isAssumed
        return dialect
    }

    private init(family: SQLDialect.Family, isAssumed: Bool) {
        self.family = family
        self.isAssumed = isAssumed
    }

    private init(_ finding: SQLFamilyFinding, origin: String) throws {
        guard case .family(let family, let isAssumed) = finding.verdict else {
            throw finding.verdict.error(origin: origin)
        }
        self.init(family: family, isAssumed: isAssumed)
    }
}

extension ExportOptions.Dialect {
    var family: SQLDialect.Family? {
        switch self {
        case .auto: nil
        case .mysql: .mysql
        case .postgresql: .postgresql
        }
    }
}

extension SQLFamilyFinding.Verdict {
    /// Why the file cannot be read as it is. Not for a verdict that names a family.
    func error(origin: String) -> ExportError {
        switch self {
        case .family(let family, _):
            ExportError(
                .unknownDialect, entry: origin, why: "it is \(SQLProduct(family).rawValue)'s", remedy: "see \(.dialect)"
            )
        case .refused(let product): ExportError(.notConvertible, entry: origin, why: "this is \(product.refusal)")
        case .contradiction(let first, let second):
            ExportError(
                .unknownDialect, entry: origin, offset: second.offset,
                why:
                    "it holds SQL of both \(first.product.rawValue) (\(first.description)) and "
                    + "\(second.product.rawValue) (\(second.description))",
                remedy: "see \(.dialect)")
        case .undecided(let difference):
            ExportError(
                .unknownDialect, entry: origin, offset: difference.offset,
                why:
                    "nothing shows whether MySQL or PostgreSQL wrote this SQL, and they read \(difference.description) "
                    + "differently",
                remedy: "say which with \(.dialect)")
        }
    }
}

extension SQLProduct {
    /// What a file of it is, and what to do instead.
    fileprivate var refusal: String {
        switch self {
        case .sqlite:
            "a dump of SQLite, whose SQL is not read; export each table with `sqlite3 -header -csv DATABASE 'SELECT * "
                + "FROM \"TABLE\"' > TABLE.csv` and convert that"
        case .sqlServer: "a script of SQL Server, whose SQL is not read; export the tables as CSV and convert that"
        case .oracle: "a script of Oracle Database, whose SQL is not read; export the tables as CSV and convert that"
        case .mysql, .postgresql: "SQL of \(rawValue)"
        }
    }
}
