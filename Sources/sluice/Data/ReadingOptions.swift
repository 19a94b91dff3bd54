import ArgumentParser
import BackupExports
import BackupLake

/// How an export is to be read: shared by the commands that read one.
struct ReadingOptions: ParsableArguments {
    @Option(
        help: .init(
            "Only tables like this: a glob over database.table or database.schema.table. Repeatable.",
            valueName: "pattern"))
    var table: [String] = []
    @Option(help: .init("No tables like this. Repeatable.", valueName: "pattern"))
    var exclude: [String] = []
    @Option(
        help: """
            What data files are, if names and first bytes should not decide: auto, csv, sql, parquet, json or binlog.
            """)
    var format = ExportOptions.Format.auto
    @Option(help: "Whose rules hold: auto, mysql or postgresql.")
    var dialect = ExportOptions.Dialect.auto
    @Option(
        help: .init(
            "CSV: what ends a line: auto (what the first records end in), lf, crlf or cr. All else is data.",
            valueName: "auto|lf|crlf|cr"))
    var lineEnd = LineEnd.auto
    @Option(help: .init("CSV: the field separator, one character or “tab”.", valueName: "c|tab"))
    var delimiter: String?
    @Option(help: .init("CSV: the quote, one character or “none”.", valueName: "c|none"))
    var quote: String?
    @Option(
        help: .init(
            "CSV: the escape character, or “none”. A doubled quote inside quotes always means one quote.",
            valueName: "c|none"))
    var escape: String?
    @Option(help: .init("CSV: the unquoted text that means NULL; '' for the unquoted empty field.", valueName: "text"))
    var null: String?
    @Flag(inversion: .prefixedNo, help: "CSV: the first line names the columns, or does not.")
    var header: Bool?
    @Option(help: .init("CSV: names of the columns, in order.", valueName: "a,b,c"))
    var columns: String?
    @Option(
        help: .init(
            "Charset of the files, where they do not say it themselves: latin1, gbk, utf-16 …; binary: each column's "
                + "own (MySQL).",
            valueName: "name"))
    var encoding: String?
    @Option(help: "By the structure files' types (schema), or every value as a string (text).")
    var types = ValueOptions.Types.schema
    @Option(help: "BLOB, BINARY, bytea as base64 or hex.")
    var binary = ValueOptions.Binary.base64
    @Option(help: "DECIMAL and NUMERIC as number or string.")
    var decimals = ValueOptions.Digits.number
    @Option(help: "Columns whose type passes 2^53 as number or string.")
    var bigIntegers = ValueOptions.Digits.number
    @Option(help: "JSON columns: embed the value, or a string.")
    var json = ValueOptions.Documents.embed
    @Option(help: "PostgreSQL arrays: json, or their text form.")
    var arrays = ValueOptions.Arrays.json
    @Flag(help: "Leave the key of a NULL out.")
    var omitNulls = false
    @Option(name: .customLong("invalid-utf8"), help: "Bytes that are no text: error, or replace by U+FFFD and count.")
    var invalidUTF8 = ValueOptions.InvalidUTF8.error
    @Option(
        help: "The same path twice in an archive, or one table made by two dumps or in two folders: error or append.")
    var duplicates = ExportOptions.Duplicates.error
    @Option(help: "SQL that is no statement we know: error, or skip it and count it in a warning.")
    var unknownStatements = ExportOptions.UnknownStatements.error
    @Option(
        help: .init(
            "Binary logs: structures that do not lie in the input (a tree, a dump), for names and types. Repeatable.",
            valueName: "path"))
    var structure: [String] = []
    @Option(help: "Binary logs: Debezium's envelope (debezium), or the row's columns beside what happened (flat).")
    var changes = ChangeEventOptions.Form.debezium
    @Option(help: "Binary logs: changes that are logged as statements: error, or skip them and count.")
    var statements = ChangeEventOptions.Statements.error
    @Option(help: .init("Binary logs: what comes after this event, which is loaded already.", valueName: "file:pos"))
    var after: String?
    @Flag(help: "Signs of a cut dump (no closing line) are errors.")
    var strict = false
    @Option(help: .init("The longest record, in bytes.", valueName: "bytes"))
    var recordLimit: Int?
    @Option(help: .init("Compressed bytes that may wait on disk for their structure.", valueName: "bytes"))
    var spoolLimit: Int?
    @Option(help: .init("Where they wait (default: the output folder).", valueName: "dir"))
    var spoolDir: String?
    @Option(help: .init("Archives and compressions inside each other, at the most.", valueName: "n"))
    var layerLimit: Int?
    @Option(help: .init("The longest structure file, in bytes.", valueName: "bytes"))
    var structureLimit: Int?
    @Option(help: .init("Columns of a table, at the most.", valueName: "n"))
    var columnLimit: Int?
    @Option(help: .init("Tables of an input, at the most.", valueName: "n"))
    var tableLimit: Int?
    @Option(help: .init("Entries of an archive, at the most.", valueName: "n"))
    var entryLimit: Int?
    @Option(help: .init("The longest path of an entry, in bytes.", valueName: "bytes"))
    var pathLimit: Int?
    @Option(help: .init("Unpacked bytes to one packed byte, at the most, beyond the first GiB.", valueName: "n"))
    var expansionLimit: Int?
    @Option(help: .init("The window of Zstandard, the dictionary of xz or 7z, in bytes.", valueName: "bytes"))
    var windowLimit: Int?
    @Option(help: .init("The longest page of a Parquet file, decompressed, in bytes.", valueName: "bytes"))
    var pageLimit: Int?

    func exportOptions() throws -> ExportOptions {
        var options = ExportOptions()
        options.tables = TableFilter(included: table, excluded: exclude)
        options.format = format
        options.dialect = dialect
        options.csv.delimiter = try delimiter.map {
            try Self.character($0, words: ["tab": UInt8(ascii: "\t")], option: "--delimiter")
        }
        options.csv.quote = try quote.map { $0 == "none" ? nil : try Self.character($0, option: "--quote") }
        options.csv.escape = try escape.map { $0 == "none" ? nil : try Self.character($0, option: "--escape") }
        options.csv.null = null
        options.csv.lineEnd = CSVOverrides.LineEnd(rawValue: lineEnd.rawValue)
        options.csv.hasHeader = header
        options.csv.columns = columns?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        options.encoding = encoding
        options.values.types = types
        options.values.binary = binary
        options.values.decimals = decimals
        options.values.bigIntegers = bigIntegers
        options.values.documents = json
        options.values.arrays = arrays
        options.values.omitsNulls = omitNulls
        options.values.invalidUTF8 = invalidUTF8
        options.duplicates = duplicates
        options.unknownStatements = unknownStatements
        options.isStrict = strict
        options.structures = structure
        options.changes.form = changes
        options.changes.statements = statements
        options.changes.after = after
        options.spillFolder = spoolDir
        options.limits = try limits()
        return options
    }

    private func limits() throws -> ExportLimits {
        var limits = ExportLimits()
        limits.record = try Self.positive(recordLimit, "--record-limit") ?? limits.record
        limits.columns = try Self.positive(columnLimit, "--column-limit") ?? limits.columns
        limits.structure = try Self.positive(structureLimit, "--structure-limit") ?? limits.structure
        limits.tables = try Self.positive(tableLimit, "--table-limit") ?? limits.tables
        limits.entries = try Self.positive(entryLimit, "--entry-limit") ?? limits.entries
        limits.path = try Self.positive(pathLimit, "--path-limit") ?? limits.path
        limits.layers = try Self.positive(layerLimit, "--layer-limit") ?? limits.layers
        limits.expansion = try Self.positive(expansionLimit, "--expansion-limit") ?? limits.expansion
        limits.window = try Self.positive(windowLimit, "--window-limit") ?? limits.window
        limits.page = try Self.positive(pageLimit, "--page-limit") ?? limits.page
        limits.spill = try Self.positive(spoolLimit, "--spool-limit") ?? limits.spill
        return limits
    }

    /// `--line-end`.
    enum LineEnd: String, ExpressibleByArgument, CaseIterable { case auto, lf, crlf, cr }

    private static func character(_ text: String, words: [String: UInt8] = [:], option: String) throws -> UInt8 {
        if let byte = words[text] { return byte }
        guard let byte = text.utf8.first, text.utf8.count == 1, byte != 0x0A, byte != 0x0D else {
            throw ValidationError(
                "\(option) takes one ASCII character\(words.isEmpty ? "" : " or “tab”"), not “\(text)”")
        }
        return byte
    }

    static func positive(_ number: Int?, _ option: String) throws -> Int? {
        if let number, number <= 0 { throw ValidationError("\(option) takes a number above 0") }
        return number
    }
}

extension ExportOptions.Format: ExpressibleByArgument {}
extension ExportOptions.Dialect: ExpressibleByArgument {}
extension ExportOptions.Duplicates: ExpressibleByArgument {}
extension ExportOptions.UnknownStatements: ExpressibleByArgument {}
extension ChangeEventOptions.Form: ExpressibleByArgument {}
extension ChangeEventOptions.Statements: ExpressibleByArgument {}
extension ValueOptions.Types: ExpressibleByArgument {}
extension ValueOptions.Binary: ExpressibleByArgument {}
extension ValueOptions.Digits: ExpressibleByArgument {}
extension ValueOptions.Documents: ExpressibleByArgument {}
extension ValueOptions.Arrays: ExpressibleByArgument {}
extension ValueOptions.InvalidUTF8: ExpressibleByArgument {}
extension ConversionOptions.Compression: ExpressibleByArgument {}
