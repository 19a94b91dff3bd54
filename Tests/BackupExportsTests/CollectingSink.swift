import BackupExports
import BackupLake
import Synchronization

/// A sink of one's own: keeps the lines of each table in memory.
final class CollectingSink: RowSink, @unchecked Sendable {
    struct Broken: Error, Equatable {}

    private(set) var lines: [String: [UInt8]] = [:]
    private(set) var rows: [String: Int] = [:]
    private(set) var events: [String] = []
    private var writes = 0
    private let failsAt: Int?

    /// Fails at its n-th write, counted from 0.
    init(failsAt: Int? = nil) { self.failsAt = failsAt }

    func begin(_ table: TableName, columns: [OutputColumn]) {
        events.append("begin \(table)")
        lines[table.description] = lines[table.description] ?? []
    }

    func write(_ bytes: UnsafeRawBufferPointer, rows count: Int, of table: TableName) throws {
        defer { writes += 1 }
        if writes == failsAt { throw Broken() }
        lines[table.description, default: []] += bytes
        rows[table.description, default: 0] += count
    }

    func drop(_ table: TableName) { lines[table.description] = nil }
    func commit(_ report: ConversionReport) { events.append("commit") }
    func abandon(_ report: ConversionReport) { events.append("abandon") }

    func text(_ table: String) -> String { String(decoding: lines[table] ?? [], as: UTF8.self) }
}
