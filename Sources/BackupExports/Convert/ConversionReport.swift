import BackupBytes
import BackupTables
import Foundation
import Synchronization

/// What a conversion has done: for the manifest, for `--json`, and for embedders.
public struct ConversionReport: Sendable {
    public struct Table: Sendable {
        public var name: TableName
        public var columns: [OutputColumn] = []
        /// Rows written.
        public var rows = 0
        /// Rows that could not be converted and were put aside.
        public var rejected = 0
        /// Bytes of JSON lines, before compression.
        public var bytes = 0
        /// Entries of the export that its rows came from.
        public var entries: [String] = []
        public var warnings: [String] = []
        /// Blank lines skipped, U+FFFD written, values of JSON columns that are no JSON.
        var blank = 0, replaced = 0, plainJSON = 0
        /// JSON's own `null`, by key.
        var jsonNulls: [ExactText: Int] = [:]
    }

    /// A file that the folder sink has written.
    public struct File: Sendable, Codable, Equatable {
        /// Below the output folder.
        public var path: String
        public var rows: Int
        public var bytes: Int
        public var sha256: String
    }

    /// Names of the inputs.
    public var inputs: [String] = []
    /// Bytes read of them, as they lie.
    public var inputBytes = 0
    /// In the order in which the export first names them.
    public let tables: ReportedTables
    /// The options that shaped the output, by the command's names for them.
    public var options: [String: String] = [:]
    public var warnings: [String] = []
    public var spool = SpoolCost()
    public var seconds = 0.0

    init(tables: ReportedTables) { self.tables = tables }

    public var rows: Int { tables.reduce(0) { $0 + $1.rows } }
    public var rejected: Int { tables.reduce(0) { $0 + $1.rejected } }
    public var bytes: Int { tables.reduce(0) { $0 + $1.bytes } }
}

/// The tables of a report. An export may have very many, so most of them lie in a temporary file, from which each use
/// reads them anew.
public final class ReportedTables: RandomAccessCollection, Sendable {
    private let log: Mutex<RecordLog<ConversionReport.Table>>

    init(log: sending RecordLog<ConversionReport.Table>) { self.log = Mutex(log) }

    public var startIndex: Int { 0 }
    public var endIndex: Int { log.withLock { $0.count } }

    /// A copy. Where the temporary file cannot be read any more, it has nothing but a warning that says so.
    public subscript(position: Int) -> ConversionReport.Table {
        (try? table(at: position))
            ?? ConversionReport.Table(
                name: TableName(table: ""), warnings: ["what was noted of this table cannot be read"])
    }

    func table(at position: Int) throws -> ConversionReport.Table {
        try log.withLock { try $0.record($0.number(at: position)) }.withCountedWarnings
    }

    func contains(_ name: TableName) throws -> Bool { try log.withLock { try $0.number(of: name.key) != nil } }

    /// Whether it was added before there were so many; see `numbersGiven`.
    func contains(_ name: TableName, among first: Int32) throws -> Bool {
        try log.withLock { try $0.number(of: name.key).map { $0 < first } ?? false }
    }

    /// How many were ever added, those counted that were removed again.
    var numbersGiven: Int32 { log.withLock { $0.nextNumber } }

    func add(_ table: ConversionReport.Table) throws { _ = try log.withLock { try $0.put(table, for: table.name.key) } }

    func change(_ name: TableName, _ body: (inout ConversionReport.Table) -> Void) throws {
        guard var table = try table(name) else { return }
        body(&table)
        try add(table)
    }

    func table(_ name: TableName) throws -> ConversionReport.Table? { try log.withLock { try $0.record(of: name.key) } }

    func remove(_ name: TableName) throws { try log.withLock { try $0.remove(name.key) } }

    /// Where the log ends when all of it is in its file.
    func flush() throws -> Int { try log.withLock { try $0.flush() } }
}

extension ConversionReport.Table: Recordable {
    package init(from record: inout RecordReader) throws {
        self.init(
            name: try TableName(from: &record),
            columns: try record.list {
                OutputColumn(name: try $0.text(), type: try $0.optionalText(), json: try $0.text())
            },
            rows: try record.count(), rejected: try record.count(), bytes: try record.count(),
            entries: try record.texts(),
            warnings: try record.texts(), blank: try record.count(), replaced: try record.count(),
            plainJSON: try record.count(),
            jsonNulls: Dictionary(try record.list { (ExactText(try $0.text()), try $0.count()) }) { first, _ in first })
    }

    package func write(to record: inout RecordWriter) {
        name.write(to: &record)
        record.put(columns) {
            $0.put($1.name)
            $0.put($1.type)
            $0.put($1.json)
        }
        for number in [rows, rejected, bytes] { record.put(number) }
        record.put(entries)
        record.put(warnings)
        for number in [blank, replaced, plainJSON] { record.put(number) }
        record.put(jsonNulls.sorted { $0.key.text < $1.key.text }) {
            $0.put($1.key.text)
            $0.put($1.value)
        }
    }

    fileprivate var withCountedWarnings: Self {
        var table = self
        if blank > 0 { table.warnings.append("\(blank) blank line\(blank == 1 ? "" : "s") skipped") }
        if replaced > 0 {
            table.warnings.append("\(replaced) piece\(replaced == 1 ? "" : "s") of invalid text replaced by U+FFFD")
        }
        if plainJSON > 0 {
            table.warnings.append(
                "\(plainJSON) value\(plainJSON == 1 ? "" : "s") of JSON columns written as strings: not JSON, or a key twice in an object"
            )
        }
        for (key, count) in jsonNulls.sorted(by: { $0.key.text < $1.key.text }) {
            table.warnings.append(
                "column “\(key.text)” has \(count) JSON value\(count == 1 ? "" : "s") null, written like NULL")
        }
        return table
    }
}
