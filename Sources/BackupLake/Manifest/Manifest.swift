import BackupRows
import Foundation

/// `_manifest.json`: what the folder holds. Version 1; fields are only ever added.
struct Manifest {
    static let name = "_manifest.json"

    private let report: ConversionReport
    private let files: (TableName) throws -> [ConversionReport.File]
    private let complete: Bool

    init(_ report: ConversionReport, files: @escaping (TableName) throws -> [ConversionReport.File], complete: Bool) {
        self.report = report
        self.files = files
        self.complete = complete
    }

    private struct Source: Encodable {
        var inputs: [String]
        var bytes: Int
        var sluice: String
        var options: [String: String]
        var seconds: Double
        var spill: SpillCost
        /// MySQL's TIMESTAMP is UTC in dumps, session time in other files; it is never converted.
        var timestamps = "as written in the export"

        enum CodingKeys: String, CodingKey {
            case inputs, bytes, sluice, options, seconds, timestamps
            case spill = "spool"
        }
    }

    /// One table as one line. Written by hand: an export may have very many.
    private static func line(_ table: ConversionReport.Table, files: [ConversionReport.File]) -> String {
        let columns = table.columns.map {
            #"{"name":\#(text($0.name)),"type":\#(text($0.type)),"json":\#(text($0.json))}"#
        }
        let files = files.map {
            #"{"path":\#(text($0.path)),"rows":\#($0.rows),"bytes":\#($0.bytes),"sha256":\#(text($0.sha256))}"#
        }
        return
            #"{"database":\#(text(table.name.database)),"schema":\#(text(table.name.schema)),"#
            + #""table":\#(text(table.name.table)),"#
            + #""kind":"\#(table.kind.rawValue)","#
            + #""rows":\#(table.rows),"rejected":\#(table.rejected),"bytes":\#(table.bytes),"#
            + #""columns":\#(list(columns)),"files":\#(list(files)),"#
            + #""entries":\#(list(table.entries.map(text))),"warnings":\#(list(table.warnings.map(text)))}"#
    }

    private static func text(_ text: String?) -> String {
        text.map { String(decoding: JSONText.string($0), as: UTF8.self) } ?? "null"
    }
    private static func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }

    /// One object, a table a line, in pieces: an export may have very many tables.
    func pieces(_ emit: (Data) throws -> Void) throws {
        let source = Source(
            inputs: report.inputs, bytes: report.inputBytes, sluice: SluiceVersion.current, options: report.options,
            seconds: report.seconds, spill: report.spill)
        var piece =
            try Data("{\"version\":1,\"complete\":\(complete),\n\"source\":".utf8) + JSONLine.encode(source)
            + (report.logs.map { try Data(",\"logs\":".utf8) + JSONLine.encode($0) } ?? Data())
            + Data(",\"tables\":[\n".utf8)
        for index in report.tables.indices {
            let table = try report.tables.table(at: index)
            if index > 0 { piece += Data(",\n".utf8) }
            piece += Data(Self.line(table, files: try files(table.name)).utf8)
            if piece.count > 64 * 1024 {
                try emit(piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
        try emit(piece + Data("\n],\n\"warnings\":".utf8) + JSONLine.encode(report.warnings) + Data("}\n".utf8))
    }

    func json() throws -> Data {
        var json = Data()
        try pieces { json += $0 }
        return json
    }

    func write(in store: any LakeStore) throws {
        let file = DurableFile(Self.name, in: store)
        try file.write(pieces)
        try file.giveFinalName()
    }
}

extension ConversionReport {
    /// The report as one JSON object, in the form of the manifest; `files` are those of the sink.
    public func json(complete: Bool, files: (TableName) throws -> [File] = { _ in [] }) throws -> Data {
        try withoutActuallyEscaping(files) { try Manifest(self, files: $0, complete: complete).json() }
    }
}
