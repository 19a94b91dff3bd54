import BackupTables
import Foundation

/// `_manifest.json`: what the folder holds. Version 1; fields are only ever added.
struct Manifest {
    private let report: ConversionReport
    private let files: (TableName) -> [ConversionReport.File]
    private let complete: Bool

    init(_ report: ConversionReport, files: @escaping (TableName) -> [ConversionReport.File], complete: Bool) {
        self.report = report
        self.files = files
        self.complete = complete
    }

    private struct Source: Encodable {
        var inputs: [String]
        var bytes: Int
        var sluice: String
        var seconds: Double
        var spool: SpoolCost
        /// MySQL's TIMESTAMP is UTC in dumps, session time in other files; it is never converted.
        var timestamps = "as written in the export"
    }

    struct Table: Encodable {
        var database: String?
        var schema: String?
        var table: String
        var rows: Int
        var rejected: Int
        var bytes: Int
        var columns: [OutputColumn]
        var files: [ConversionReport.File]
        var entries: [String]
        var warnings: [String]

        init(_ table: ConversionReport.Table, files: [ConversionReport.File]) {
            database = table.name.database
            schema = table.name.schema
            self.table = table.name.table
            rows = table.rows
            rejected = table.rejected
            bytes = table.bytes
            columns = table.columns
            self.files = files
            entries = table.entries
            warnings = table.warnings
        }

        private enum CodingKeys: String, CodingKey { case database, schema, table, rows, rejected, bytes, columns, files, entries, warnings }

        /// The schema and the database are there even when they are null.
        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(database, forKey: .database)
            try values.encode(schema, forKey: .schema)
            try values.encode(table, forKey: .table)
            try values.encode(rows, forKey: .rows)
            try values.encode(rejected, forKey: .rejected)
            try values.encode(bytes, forKey: .bytes)
            try values.encode(columns.map(Column.init), forKey: .columns)
            try values.encode(files, forKey: .files)
            try values.encode(entries, forKey: .entries)
            try values.encode(warnings, forKey: .warnings)
        }
    }

    private struct Column: Encodable {
        var column: OutputColumn
        private enum CodingKeys: String, CodingKey { case name, type, json }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(column.name, forKey: .name)
            try values.encode(column.type, forKey: .type)
            try values.encode(column.json, forKey: .json)
        }
    }

    /// One object, a table a line.
    func json() throws -> Data {
        var out = Data("{\"version\":1,\"complete\":\(complete),\n\"source\":".utf8)
        out += try JSONLine.encode(Source(
            inputs: report.inputs, bytes: report.inputBytes, sluice: SluiceVersion.current, seconds: report.seconds, spool: report.spool))
        out += Data(",\"tables\":[\n".utf8)
        for (index, table) in report.tables.enumerated() {
            if index > 0 { out += Data(",".utf8) }
            out += try JSONLine.encode(Table(table, files: files(table.name)))
        }
        out += Data("],\n\"warnings\":".utf8)
        out += try JSONLine.encode(report.warnings)
        out += Data("}\n".utf8)
        return out
    }

    func write(to path: String) throws {
        try DurableFile(path).write(json())
        try DurableFile(path).giveFinalName()
    }
}

/// The version of this software, in manifests and `--version`.
public enum SluiceVersion {
    public static let current = "0.1.0"
}

extension ConversionReport {
    /// The report as one JSON object, in the form of the manifest; `files` are those of the sink.
    public func json(complete: Bool, files: (TableName) -> [File] = { _ in [] }) throws -> Data {
        try withoutActuallyEscaping(files) { try Manifest(self, files: $0, complete: complete).json() }
    }
}
