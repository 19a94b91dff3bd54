import BackupRows
import BackupText
import Foundation

/// What MySQL Shell says of a table's rows (`schema@table.json`).
struct ShellTable: Codable, Sendable, Equatable {
    struct Options: Codable, Sendable, Equatable {
        var schema: String
        var table: String
        var columns: [String]?
        /// How LOAD DATA is to decode a column: UNHEX, FROM_BASE64.
        var decodeColumns: [String: String]?
        var fieldsTerminatedBy: String?
        var fieldsEnclosedBy: String?
        var fieldsEscapedBy: String?
        var linesTerminatedBy: String?
        var defaultCharacterSet: String?
    }

    var options: Options
    var includesDdl: Bool?
    var includesData: Bool?
    /// How the names of its files of rows end: `tsv.zst`.
    var `extension`: String?
    /// The files of each partition are named so.
    private var basenames: [String: String]?

    /// nil: the text is something else.
    init?(_ text: [UInt8]) {
        var text = text[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        guard let table = try? JSONDecoder().decode(Self.self, from: Data(text)) else { return nil }
        self = table
    }

    /// The names of the files of its partitions, without chunk and ending.
    var partitions: [String] { basenames.map { $0.values.sorted() } ?? [] }

    var name: TableName { TableName(database: options.schema, table: options.table) }

    /// Refuses rows that are spelled as JSON: their columns have no order.
    func checkFormat(origin: String) throws {
        if `extension`?.hasPrefix("json") == true { throw refusal("its rows as JSON", origin) }
    }

    /// How the rows are spelled; refused where LOAD DATA's options say more than one byte can.
    func dialect(origin: String) throws -> CSVDialect {
        func byte(_ text: String?, _ name: String, usually usual: UInt8?) throws -> UInt8? {
            guard let text else { return usual }
            if text.utf8.count > 1 { throw refusal("\(name) of several bytes", origin) }
            return text.utf8.first
        }
        guard let delimiter = try byte(options.fieldsTerminatedBy, "fieldsTerminatedBy", usually: UInt8(ascii: "\t"))
        else {
            throw refusal("no fieldsTerminatedBy", origin)
        }
        let quote = try byte(options.fieldsEnclosedBy, "fieldsEnclosedBy", usually: nil)
        let escape = try byte(options.fieldsEscapedBy, "fieldsEscapedBy", usually: UInt8(ascii: "\\"))
        if quote == nil && escape == nil {
            throw refusal("neither quotes nor an escape character: NULL cannot be told from text", origin)
        }
        var spelled = CSVOverrides()
        (spelled.delimiter, spelled.quote, spelled.escape) = (delimiter, .some(quote), .some(escape))
        var dialect = CSVDialect.mysql
        try dialect.change(by: spelled, family: .mysql, isTab: false)
        switch options.linesTerminatedBy ?? "\n" {
        case "\n": dialect.newline = .lf
        case "\r\n": dialect.newline = .crlf
        case "\r": dialect.newline = .cr
        default: throw refusal("a linesTerminatedBy that is no line end", origin)
        }
        return dialect
    }

    /// The columns of the rows, and how each one's bytes are spelled.
    func columns(_ schema: TableSchema?, origin: String) throws -> ([Column], [BinaryForm]) {
        var forms: [BinaryForm] = []
        var columns = schema.columns(named: options.columns, fieldCount: nil)
        for (index, column) in columns.enumerated() {
            let form: BinaryForm
            switch options.decodeColumns?[options.columns?[index] ?? column.name]?.uppercased() {
            case nil: form = .raw
            case "UNHEX": form = .hex
            case "FROM_BASE64": form = .base64
            case let other?: throw refusal("a column to be decoded by \(other)", origin)
            }
            if form != .raw, !column.kind.isOfBytes { columns[index].kind = .binary }
            forms.append(form)
        }
        return (columns, forms)
    }

    /// What the rows are decoded from; nil: they are UTF-8.
    func charset(origin: String) throws -> Charset? {
        guard let name = options.defaultCharacterSet else { return nil }
        guard name.lowercased() != "binary", let charset = try? Charset(declared: name, family: .mysql) else {
            throw refusal("the character set \(name)", origin)
        }
        return charset.isUTF8 ? nil : charset
    }

    private func refusal(_ what: String, _ origin: String) -> ExportError {
        ExportError(
            .notConvertible, entry: origin, table: name, why: "this dump by MySQL Shell has what is not read: \(what)",
            remedy: "dump it with the default dialect")
    }
}

extension ColumnKind {
    fileprivate var isOfBytes: Bool {
        switch self {
        case .binary, .bit: true
        default: false
        }
    }
}
