import BackupBytes
import BackupLake
import BackupRows
import Foundation

/// The options that decide what a run writes, as keys and values: two runs with the same ones, and the same input,
/// write the same bytes. Options of where and how fast are not among them.
///
/// The text is one JSON object, keys in alphabetical order. An option that is not given has no key; lists are lists, so
/// no value can be taken for two.
struct ShapingOptions {
    private enum Value: Encodable {
        case text(String)
        case texts([String])
        case number(Int)
        case flag(Bool)
        /// An option that is given, as “none”.
        case nothing

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .texts(let texts): try container.encode(texts)
            case .number(let number): try container.encode(number)
            case .flag(let flag): try container.encode(flag)
            case .nothing: try container.encodeNil()
            }
        }
    }

    private var values: [String: Value] = [:]

    init(_ options: ExportOptions, _ conversion: ConversionOptions, _ files: FolderSink.Options) {
        add(options)
        add(options.csv)
        add(options.values)
        add(options.limits)
        values["compression"] = .text(conversion.compression.rawValue)
        values["part-size"] = files.partSize.map { .number($0) }
        values["commits-tables"] = .flag(files.commitsTables)
        values["rejects"] =
            switch conversion.rejects {
            case .fail: .text("fail")
            case .file(let path, _): .text(SideFile.canBeResumed(path) ? "file" : "stream")
            }
    }

    /// One line.
    var text: String {
        get throws { String(decoding: try JSONLine.encode(values), as: UTF8.self) }
    }

    private mutating func add(_ options: ExportOptions) {
        values["tables.included"] = .texts(options.tables.included)
        values["tables.excluded"] = .texts(options.tables.excluded)
        values["format"] = .text(options.format.rawValue)
        values["dialect"] = .text(options.dialect.rawValue)
        values["encoding"] = options.encoding.map { .text($0) }
        values["duplicates"] = .text(options.duplicates.rawValue)
        values["unknown-statements"] = .text(options.unknownStatements.rawValue)
        values["strict"] = .flag(options.isStrict)
        values["changes"] = .text(options.changes.form.rawValue)
        values["statements"] = .text(options.changes.statements.rawValue)
        values["after"] = options.changes.after.map { .text($0) }
        values["tag"] = options.tagKey.map { .text($0) }
    }

    private mutating func add(_ csv: CSVOverrides) {
        values["csv.delimiter"] = csv.delimiter.map { .number(Int($0)) }
        values["csv.quote"] = csv.quote.map { $0.map { .number(Int($0)) } ?? .nothing }
        values["csv.escape"] = csv.escape.map { $0.map { .number(Int($0)) } ?? .nothing }
        values["csv.null"] = csv.null.map { .text($0) }
        values["csv.header"] = csv.hasHeader.map { .flag($0) }
        values["csv.columns"] = csv.columns.map { .texts($0) }
        values["csv.line-end"] = csv.lineEnd.map { .text($0.rawValue) }
    }

    private mutating func add(_ values: ValueOptions) {
        self.values["binary"] = .text(values.binary.rawValue)
        self.values["decimals"] = .text(values.decimals.rawValue)
        self.values["big-integers"] = .text(values.bigIntegers.rawValue)
        self.values["json"] = .text(values.documents.rawValue)
        self.values["arrays"] = .text(values.arrays.rawValue)
        self.values["omit-nulls"] = .flag(values.omitsNulls)
        self.values["invalid-utf8"] = .text(values.invalidUTF8.rawValue)
        self.values["types"] = .text(values.types.rawValue)
    }

    private mutating func add(_ limits: ExportLimits) {
        values["limit.record"] = .number(limits.record)
        values["limit.columns"] = .number(limits.columns)
        values["limit.structure"] = .number(limits.structure)
        values["limit.tables"] = .number(limits.tables)
        values["limit.entries"] = .number(limits.entries)
        values["limit.path"] = .number(limits.path)
        values["limit.layers"] = .number(limits.layers)
        values["limit.expansion"] = .number(limits.expansion)
        values["limit.window"] = .number(limits.window)
        values["limit.page"] = .number(limits.page)
        values["limit.spool"] = .number(limits.spill)
    }
}
