import BackupArchives
import BackupBytes
import BackupTables

/// Makes the reader for a file of rows: the dialect of its tree, changed by what the user says.
enum DataReaders {
    static func reader(
        for part: DataPart, known: KnownTable, source: any ByteSource, origin: String, options: ExportOptions, setup: ReaderSetup, catalog: SchemaCatalog,
        at place: ReaderPlace? = nil
    ) throws -> any RowReader {
        var setup = setup
        setup.origin = origin
        setup.binaryForm = part.isTree ? .hex : .raw
        if case .sql(let place) = place { return try SQLReader(source, at: place, catalog: catalog, setup: setup) }
        if part.format == .sql {
            return try SQLReader(
                source, dialect: SQLDialect(family: known.family ?? .mysql, charset: options.encoding), database: known.name.database,
                isDatabaseCertain: true, schema: known.name.schema, catalog: catalog, setup: setup)
        }
        let dialect = try csvDialect(part, known, options)
        var csvPlace: CSVReader.Place?
        if case .csv(let place) = place { csvPlace = place }
        return try CSVReader(source, charset: charset(options), table: known.name, dialect: dialect, setup: setup, at: csvPlace) { header, fieldCount in
            if dialect.hasHeader && header == nil && fieldCount != nil {
                throw ExportError(.badStructure, entry: origin, table: known.name, why: "the header line cannot be read", advice: "see --quote, --no-header, --columns")
            }
            let columns = try columns(header: header, fieldCount: fieldCount, known: known, options: options, origin: origin)
            return RowLayout(
                table: known.name, columns: columns, source: .csv(dialect), binaryForm: setup.binaryForm, options: options.values, tagKey: setup.tagKey)
        }
    }

    static func dumpReader(
        _ source: any ByteSource, database: String?, origin: String, options: ExportOptions, setup: ReaderSetup, catalog: SchemaCatalog,
        at place: ReaderPlace? = nil
    ) throws -> any RowReader {
        var setup = setup
        setup.origin = origin
        if case .sql(let place) = place { return try SQLReader(source, at: place, catalog: catalog, setup: setup) }
        let peeked = (source as? PeekedSource) ?? PeekedSource(source)
        let sniffed = SQLSniffer.family(try peeked.peek(32 * 1024))?.family
        let family: SQLDialect.Family = options.dialect == .mysql ? .mysql : options.dialect == .postgresql ? .postgresql : sniffed ?? .mysql
        if family == .postgresql {  // one charset for the whole file
            return try SQLReader(
                peeked, charset: charset(options), dialect: SQLDialect(family: family), database: database, catalog: catalog, setup: setup)
        }
        return try SQLReader(
            peeked, dialect: SQLDialect(family: family, charset: options.encoding), database: database, catalog: catalog, setup: setup)
    }

    // MARK: Delimited text

    static func csvDialect(_ part: DataPart, _ known: KnownTable, _ options: ExportOptions) throws -> CSVDialect {
        var dialect: CSVDialect
        if part.format == .tab {
            dialect = known.family == .postgresql ? .copyText : .mysqlTab
            if options.encoding == nil { dialect.useColumnCharsets(of: known.schema) }
        } else {
            dialect = switch known.family {
            case .mysql: .mysql
            case .postgresql: .postgresql
            case nil: CSVDialect()
            }
        }
        if case .csv(let header) = part.format, let header { dialect.hasHeader = header }
        let overrides = options.csv
        if let delimiter = overrides.delimiter {
            dialect.delimiter = delimiter
            // A .txt with a delimiter of its own is CSV of the same family (mysqldump --tab --fields-terminated-by).
            if part.format == .tab && overrides.quote == nil && delimiter != UInt8(ascii: "\t") { dialect.quote = UInt8(ascii: "\"") }
        }
        if let quote = overrides.quote { dialect.quote = quote }
        if let escape = overrides.escape {
            dialect.setEscape(escape, family: known.family)
        }
        if let null = overrides.null { dialect.nulls = [null] }
        if let hasHeader = overrides.hasHeader { dialect.hasHeader = hasHeader }
        return dialect
    }

    private static func charset(_ options: ExportOptions) throws -> Charset? {
        guard let encoding = options.encoding else { return nil }
        guard let charset = Charset(named: encoding) else { throw ExportError(.badOption, why: "--encoding \(encoding) is not known") }
        return charset
    }

    /// Names and types of a row's fields: from the options, the header, the structure, in this order.
    private static func columns(
        header: [String]?, fieldCount: Int?, known: KnownTable, options: ExportOptions, origin: String
    ) throws -> [Column] {
        if max(fieldCount ?? 0, header?.count ?? 0) > options.limits.columns { throw TooManyColumns(limit: options.limits.columns) }
        guard let names = options.csv.columns ?? header else { return known.schema.columns(named: nil, fieldCount: fieldCount) }
        let filled = names.enumerated().map { $1.isEmpty ? "c\($0 + 1)" : $1 }
        if let schema = known.schema, options.csv.columns == nil {
            let declared = Set(schema.columns.map { ExactText($0.name.lowercased()) })
            if let first = filled.first(where: { !declared.contains(ExactText($0.lowercased())) }) {
                throw ExportError(
                    .badStructure, entry: origin, table: known.name, why: "the header names “\(first)”, which the structure does not declare",
                    advice: "see --no-header, --columns")
            }
        }
        return known.schema.columns(named: filled, fieldCount: nil)
    }
}

extension CSVDialect {
    /// An escape character of the user's: MySQL's letters (`\n`, `\0` …) unless the text is PostgreSQL's, where the next character stands for itself.
    mutating func setEscape(_ character: UInt8?, family: SQLDialect.Family?) {
        escape = character == quote ? nil : character
        // OUTFILE … ESCAPED BY '"' writes NULL as `"N`.
        if character != nil && character == quote && family == .mysql { nulls = ["\"N"] }
        guard escape != nil else {
            escapes = .none
            return
        }
        let isCopyText = family == .postgresql && quote == nil
        escapes = family != .postgresql ? .mysql : isCopyText ? .copy : .literal
        escapesOnlyInQuotes = family == .postgresql && !isCopyText
    }

    /// SELECT … INTO OUTFILE writes every column in its own charset, unless told otherwise.
    mutating func useColumnCharsets(of schema: TableSchema?) {
        guard let schema else { return }
        columnCharsets = true
        fieldMultibytes = schema.columns.filter { !$0.isInvisible }.map { column in
            switch column.kind {
            case .text(let charset), .words(let charset): SQLDialect(family: .mysql, charset: charset).multibyte
            default: 0
            }
        }
    }
}
