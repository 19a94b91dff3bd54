import BackupBytes
import BackupRows
import Synchronization

/// The tables of a report. An export may have very many, so most of them lie in a temporary file, from which each use
/// reads them anew.
public final class ReportedTables: RandomAccessCollection, Sendable {
    private let log: Mutex<RecordLog<ConversionReport.Table>>

    package init(log: sending RecordLog<ConversionReport.Table>) { self.log = Mutex(log) }

    /// 0.
    public var startIndex: Int { 0 }
    /// The number of tables.
    public var endIndex: Int { log.withLock { $0.count } }

    /// A copy. Where the temporary file cannot be read any more, it has nothing but a warning that says so.
    public subscript(position: Int) -> ConversionReport.Table {
        (try? table(at: position))
            ?? ConversionReport.Table(
                name: TableName(table: ""), warnings: ["what was noted of this table cannot be read"])
    }

    package func table(at position: Int) throws -> ConversionReport.Table {
        try log.withLock { try $0.record($0.number(at: position)) }.withCountedWarnings
    }

    package func contains(_ name: TableName) throws -> Bool { try log.withLock { try $0.number(of: name.key) != nil } }

    /// Whether it was added before there were so many; see `numbersGiven`.
    package func contains(_ name: TableName, among first: Int32) throws -> Bool {
        try log.withLock { try $0.number(of: name.key).map { $0 < first } ?? false }
    }

    /// How many were ever added, those counted that were removed again.
    package var numbersGiven: Int32 { log.withLock { $0.nextNumber } }

    package func add(_ table: ConversionReport.Table) throws {
        _ = try log.withLock { try $0.put(table, for: table.name.key) }
    }

    package func change(_ name: TableName, _ body: @Sendable (inout ConversionReport.Table) -> Void) throws {
        try log.withLock { log in
            guard let number = try log.number(of: name.key) else { return }
            try log.change(number, body)
        }
    }

    /// The same by the table's number, for those who ask often: it holds until the table is removed.
    package func change(_ number: Int32, _ body: @Sendable (inout ConversionReport.Table) -> Void) throws {
        try log.withLock { try $0.change(number, body) }
    }

    package func number(of name: TableName) throws -> Int32? { try log.withLock { try $0.number(of: name.key) } }

    package func table(_ name: TableName) throws -> ConversionReport.Table? {
        try log.withLock { try $0.record(of: name.key) }
    }

    package func remove(_ name: TableName) throws { try log.withLock { try $0.remove(name.key) } }

    /// Where the log ends when all of it is in its file.
    package func flush() throws -> Int { try log.withLock { try $0.flush() } }
}
