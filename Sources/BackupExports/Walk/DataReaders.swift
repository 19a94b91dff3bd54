import BackupArchives
import BackupBytes
import BackupParquet
import BackupRows
import BackupText

/// Makes the reader for a file of rows: the dialect of its tree, changed by the options.
enum DataReaders {
    static func reader(
        for part: DataPart, known: KnownTable, source: PeekedSource, origin: String, options: ExportOptions,
        setup: ReaderSetup, catalog: SchemaCatalog,
        at point: DataReader.ResumePoint? = nil
    ) throws -> DataReader {
        var setup = setup
        setup.origin = origin
        setup.binaryForm = part.isTree || known.isOfTree ? .hex : .raw
        if case .sql(let point) = point {
            return .sql(try SQLReader(source, at: point, catalog: catalog, setup: setup))
        }
        let marked = point == nil ? UnicodeMark(try source.peek(UnicodeMark.bytesNeeded))?.charset : nil
        if part.format == .sql {
            let (choice, whole) = try DialectChoice.make(
                for: source, options: options, shape: known.family, origin: origin)
            let charset = try fileCharset(marked, options)
            return .sql(
                try SQLReader(
                    whole, charset: charset, dialect: choice.dialect(encoding: charset == nil ? options.encoding : nil),
                    database: known.name.database, isDatabaseCertain: true, schema: known.name.schema,
                    ownTable: part.isTree ? known.name : nil, catalog: catalog, setup: setup))
        }
        if part.format == .json {
            return .json(try jsonReader(known, source, marked, options, setup, at: point))
        }
        var given = try csvDialect(part, known, options)
        if marked != nil { given.useOneCharset() }
        var csvPoint: CSVReader.ResumePoint?
        if case .csv(let point) = point { csvPoint = point }
        if known.shell != nil {
            given.useOneCharset()
            given.bitsAreBytes = false
        }
        let chosen = try charset(options, known.family)
        let charset =
            given.charsets == .one(nil)
            ? try known.shell.map { try $0.charset(origin: origin) } ?? chosen ?? marked : nil
        let reader = try CSVReader(
            source, charset: charset, table: known.name, dialect: given, setup: setup, at: csvPoint
        ) {
            [given] header, fieldCount, dialect in
            if dialect.hasHeader && header == nil && fieldCount != nil {
                throw ExportError(
                    .badStructure, entry: origin, table: known.name, why: "the header line cannot be read",
                    remedy: "see \(.quote), \(.header), \(.columns)")
            }
            if let shell = known.shell {
                let (columns, forms) = try shell.columns(known.schema, origin: origin)
                return RowLayout(
                    table: known.name, columns: columns, spelling: dialect.spelling(forms: forms), lines: setup.lines)
            }
            let columns = try columns(
                header: header, fieldCount: fieldCount, known: known, options: options, origin: origin)
            let layout = RowLayout(
                table: known.name, columns: columns, spelling: dialect.spelling(bytes: setup.binaryForm),
                lines: setup.lines, warnings: charsetWarnings(given: given, used: dialect, columns))
            try layout.checkCharsets()
            return layout
        }
        return .csv(reader)
    }

    /// A file of rows that are objects.
    private static func jsonReader(
        _ known: KnownTable, _ source: PeekedSource, _ marked: Charset?, _ options: ExportOptions,
        _ setup: ReaderSetup, at point: DataReader.ResumePoint?
    ) throws -> JSONReader {
        let resumes: JSONReader.ResumePoint? = if case .json(let point) = point { point } else { nil }
        return try JSONReader(
            source, charset: try charset(options, known.family) ?? marked, table: known.name, setup: setup, at: resumes
        ) { keys in
            // A key is written as it is, whatever the case of the column that it names.
            zip(keys, known.schema.columns(named: keys, fieldCount: nil)).map { key, column in
                var column = column
                column.name = key
                return column
            }
        }
    }

    /// A file of rows that is read by ranges.
    static func parquetReader(
        for part: DataPart, known: KnownTable, _ ranges: any RangedBytes, origin: String, options: ExportOptions,
        setup: ReaderSetup, at point: DataReader.ResumePoint? = nil
    ) throws -> DataReader {
        var setup = setup, limits = ParquetLimits()
        setup.origin = origin
        limits.page = options.limits.page
        limits.spill = options.limits.spill
        limits.expansion = options.limits.expansion
        limits.columns = options.limits.columns
        let resumes: ParquetReader.ResumePoint? = if case .parquet(let point) = point { point } else { nil }
        return .parquet(
            try ParquetReader(
                try ParquetFile(ranges, limits: limits), table: known.name, schema: known.schema,
                family: known.family, hexText: part.isTree || known.isOfTree ? .hex : .raw, setup: setup, at: resumes))
    }

    /// `shape`: the family of the structure that lies beside the dump, where there is one.
    static func dumpReader(
        _ source: PeekedSource, database: String?, origin: String, options: ExportOptions, setup: ReaderSetup,
        catalog: SchemaCatalog,
        shape: SQLDialect.Family? = nil, at point: DataReader.ResumePoint? = nil
    ) throws -> DataReader {
        var setup = setup
        setup.origin = origin
        if case .sql(let point) = point {
            let whole =
                point.isAssumed ? PeekedSource(AlikeSource(source, from: point.offset, origin: origin)) : source
            return .sql(try SQLReader(whole, at: point, catalog: catalog, setup: setup))
        }
        let (choice, peeked) = try DialectChoice.make(for: source, options: options, shape: shape, origin: origin)
        let marked = UnicodeMark(try peeked.peek(UnicodeMark.bytesNeeded))?.charset
        // PostgreSQL has one charset for the whole file.
        let charset =
            choice.family == .postgresql
            ? try charset(options, .postgresql) ?? marked : try fileCharset(marked, options)
        let whole = choice.isAssumed ? PeekedSource(AlikeSource(peeked, origin: origin)) : peeked
        let dialect = choice.dialect(encoding: charset == nil ? options.encoding : nil)
        return .sql(
            try SQLReader(
                whole, charset: charset, dialect: dialect, database: database, catalog: catalog, setup: setup))
    }

    /// What a whole file of MySQL's is decoded from, whatever its statements say: what its mark says, or a charset that
    /// is no superset of ASCII.
    private static func fileCharset(_ marked: Charset?, _ options: ExportOptions) throws -> Charset? {
        guard let chosen = try charset(options, .mysql) else { return marked }
        return chosen.isASCIICompatible || chosen.isSingleByte ? nil : chosen
    }

    // MARK: Delimited text

    static func csvDialect(_ part: DataPart, _ known: KnownTable, _ options: ExportOptions) throws -> CSVDialect {
        if let shell = known.shell { return try shell.dialect(origin: part.location) }
        var dialect: CSVDialect
        if part.format == .tab {
            dialect = known.family == .postgresql ? .copyText : .mysqlTab
            if known.family == .postgresql {
                dialect.newline = .lfOrCRLF  // in values both are written as escapes
            } else {
                dialect.useCharsets(of: known.schema, encoding: options.encoding)
            }
        } else {
            dialect =
                switch known.family {
                case .mysql: .mysql
                case .postgresql: .postgresql
                case nil: CSVDialect()
                }
        }
        if case .csv(let header) = part.format, let header { dialect.hasHeader = header }
        try dialect.change(by: options.csv, family: known.family, isTab: part.format == .tab)
        return dialect
    }

    /// What --encoding says; nil too for `binary` of MySQL: each column is in its own.
    private static func charset(_ options: ExportOptions, _ family: SQLDialect.Family?) throws -> Charset? {
        guard let encoding = options.encoding, encoding.lowercased() != "binary" || family == .postgresql else {
            return nil
        }
        guard let charset = Charset(named: encoding, family: family) else {
            throw ExportError(.badOption, setting: .encoding, why: "\(encoding) is not known")
        }
        return charset
    }

    /// Names and types of a row's fields: from the options, the header, the structure, in this order.
    private static func columns(
        header: [String]?, fieldCount: Int?, known: KnownTable, options: ExportOptions, origin: String
    ) throws -> [Column] {
        if max(fieldCount ?? 0, header?.count ?? 0) > options.limits.columns {
            throw TooManyColumns(limit: options.limits.columns)
        }
        guard let names = options.csv.columns ?? header else {
            return known.schema.columns(named: nil, fieldCount: fieldCount)
        }
        let filled = names.enumerated().map { $1.isEmpty ? "c\($0 + 1)" : $1 }
        if let schema = known.schema, options.csv.columns == nil {
            let declared = Set(schema.columns.map { ExactText($0.name.lowercased()) })
            if let first = filled.first(where: { !declared.contains(ExactText($0.lowercased())) }) {
                throw ExportError(
                    .badStructure, entry: origin, table: known.name,
                    why: "the header names “\(first)”, which the structure does not declare",
                    remedy: "see \(.header), \(.columns)")
            }
        }
        return known.schema.columns(named: filled, fieldCount: nil)
    }
}

extension CSVDialect {
    /// What the user says of it.
    mutating func change(by overrides: CSVOverrides, family: SQLDialect.Family?, isTab: Bool) throws {
        if let delimiter = overrides.delimiter {
            self.delimiter = delimiter
            // A .txt with a delimiter of its own is CSV of the same family (mysqldump --tab --fields-terminated-by).
            if isTab && overrides.quote == nil && delimiter != UInt8(ascii: "\t") { quote = UInt8(ascii: "\"") }
        }
        if let quote = overrides.quote { self.quote = quote }
        if let escape = overrides.escape { setEscape(escape, family: family) }
        if let null = overrides.null {
            (nulls, escapedNull) = ([null], false)
        } else if family != .postgresql {
            setNulls(overrides, isMySQL: family == .mysql, isTab: isTab)
        }
        if let hasHeader = overrides.hasHeader { self.hasHeader = hasHeader }
        switch overrides.lineEnd {
        case .lf: newline = .lf
        case .crlf: newline = .crlf
        case .cr: newline = .cr
        case nil: break
        }
        if escape == quote { escape = nil }
        if delimiter == quote || delimiter == escape {
            throw ExportError(
                .badOption, why: "the delimiter is the quote or the escape character, too",
                remedy: "see \(.delimiter), \(.quote), \(.escape)")
        }
    }

    /// An escape character of the user's: MySQL's letters (`\n`, `\0` …) unless the text is PostgreSQL's, where it
    /// stands before quotes and itself.
    private mutating func setEscape(_ character: UInt8?, family: SQLDialect.Family?) {
        escape = character
        guard escape != nil && escape != quote else {
            escapes = .none
            return
        }
        let isCopyText = family == .postgresql && quote == nil
        escapes = family != .postgresql ? .mysql : isCopyText ? .copy : .quotes
        escapesOnlyInQuotes = family == .postgresql && !isCopyText
    }

    /// The whole file is in one charset: its byte order mark says so.
    mutating func useOneCharset() {
        charsets = .one(nil)
        fieldMultibytes = []
    }

    /// What LOAD DATA takes for NULL: the escape character and `N`, and without quotes the word NULL where there are
    /// quotes. OUTFILE writes the word where there is no escape character.
    private mutating func setNulls(_ overrides: CSVOverrides, isMySQL: Bool, isTab: Bool) {
        let areQuotesSure = quote != nil && (!isTab || overrides.quote != nil)
        let word = isMySQL && (areQuotesSure || escape == nil) ? ["NULL"] : []
        escapedNull = escape != nil && escape != quote
        guard let escape else {
            nulls = word
            return
        }
        if escape == quote {
            nulls = isMySQL ? [quotedN].compactMap { $0 } + word : []
        } else {
            nulls = [String(UnicodeScalar(escape)) + "N"] + word
        }
    }
}
