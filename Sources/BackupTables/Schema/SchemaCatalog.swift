import BackupBytes
import Foundation
import Synchronization

/// The tables, domains and views that an export has declared so far, and how many rows of each table were met.
package final class SchemaCatalog: Sendable {
    private struct State {
        var tables: RecordLog<Declared>
        var rows: RecordLog<Int>
        var domains: [ExactText: ColumnKind] = [:]
    }
    private let state: Mutex<State>

    /// A name is a table's or a view's: mysqldump declares a table for each view first.
    package enum Declared: Recordable {
        case table(TableSchema)
        case view

        package init(from record: inout RecordReader) throws { self = try record.flag() ? .table(TableSchema(from: &record)) : .view }

        package func write(to record: inout RecordWriter) {
            guard case .table(let schema) = self else { return record.put(false) }
            record.put(true)
            schema.write(to: &record)
        }
    }

    /// `tables`, `rows`: where they are laid aside when there are many.
    package init(tables: sending RecordLog<Declared> = RecordLog(), rows: sending RecordLog<Int> = RecordLog()) {
        state = Mutex(State(tables: tables, rows: rows))
    }

    /// What the catalog knew when its logs were so long.
    package struct Place: Codable, Sendable {
        package var tables: Int
        package var rows: Int
        var domains: [ExactText: Data]
    }

    package func place() throws -> Place {
        try state.withLock { state in
            let domains = state.domains.mapValues { kind in
                var record = RecordWriter()
                kind.write(to: &record)
                return Data(record.bytes)
            }
            return Place(tables: try state.tables.flush(), rows: try state.rows.flush(), domains: domains)
        }
    }

    /// `tables`, `rows`: the logs, as long as the place says.
    package convenience init(at place: Place, tables: sending RecordLog<Declared>, rows: sending RecordLog<Int>) throws {
        self.init(tables: tables, rows: rows)
        let domains = try place.domains.mapValues { bytes in
            var record = RecordReader(Array(bytes))
            return try ColumnKind(from: &record)
        }
        state.withLock { $0.domains = domains }
    }

    package func declare(_ schema: TableSchema) throws { _ = try state.withLock { try $0.tables.put(.table(schema), for: schema.name.key) } }

    package func declareView(_ name: TableName) throws { _ = try state.withLock { try $0.tables.put(.view, for: name.key) } }

    func declareDomain(_ name: String, _ kind: ColumnKind) {
        state.withLock {
            $0.domains[ExactText(name)] = kind
            $0.domains[ExactText(String(name.split(separator: ".").last ?? ""))] = kind
        }
    }

    package func schema(of name: TableName) throws -> TableSchema? {
        guard case .table(let schema) = try state.withLock({ try $0.tables.record(of: name.key) }), schema.unreadable == nil
        else { return nil }
        return schema.resolved(by: self)
    }

    /// Why the table's CREATE TABLE cannot be read, if there is one that cannot.
    package func whyUnreadable(_ name: TableName) throws -> String? {
        guard case .table(let schema) = try state.withLock({ try $0.tables.record(of: name.key) }) else { return nil }
        return schema.unreadable
    }

    package func isView(_ name: TableName) throws -> Bool {
        if case .view = try state.withLock({ try $0.tables.record(of: name.key) }) { true } else { false }
    }

    var domains: [ExactText: ColumnKind] { state.withLock { $0.domains } }

    /// Counts rows of a table that a file holds, and tells how many of it came before them.
    func count(_ rows: Int, of table: TableName, in origin: String) throws -> Int {
        try state.withLock {
            let key = "\(origin)\0\(table.key)", before = try $0.rows.record(of: key) ?? 0
            try $0.rows.put(before + rows, for: key)
            return before
        }
    }

    // MARK: Tables of one file

    private func key(_ table: TableName, in origin: String) -> String { "\(origin)\0\(table.key)" }

    /// How many rows of the table the file has had so far; nil where it has neither declared it nor had rows of it.
    func rowCount(of table: TableName, in origin: String) throws -> Int? { try state.withLock { try $0.rows.record(of: key(table, in: origin)) } }

    func setRowCount(_ count: Int, of table: TableName, in origin: String) throws {
        _ = try state.withLock { try $0.rows.put(count, for: key(table, in: origin)) }
    }

    /// The file declares the table, or names it.
    func meet(_ table: TableName, in origin: String) throws {
        if try rowCount(of: table, in: origin) == nil { try setRowCount(0, of: table, in: origin) }
    }

    /// The file removes the table.
    func forget(_ table: TableName, in origin: String) throws {
        try state.withLock {
            try $0.tables.remove(table.key)
            try $0.rows.remove(key(table, in: origin))
        }
    }
}
