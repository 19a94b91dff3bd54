import BackupBytes
import Foundation
import Synchronization

/// The tables, domains and views that an export has declared so far, and how many rows of each table were met.
package final class SchemaCatalog: Sendable {
    private struct State {
        package var tables: RecordLog<Declared>
        package var rows: RecordLog<Int>
        /// PostgreSQL's types that the export declares, by their full names.
        package var types: [TableName: ColumnKind] = [:]
        /// PostgreSQL's schemas that are there; whether CREATE SCHEMA says so.
        package var schemas: [SchemaName: Bool] = [:]

        mutating func noteSpelling(of name: TableName) throws {
            let key = name.keyOfAnyCase
            if case .spelling(let other) = try tables.record(of: key), other != name {
                try tables.put(.spelling(nil), for: key)
            } else {
                try tables.put(.spelling(name), for: key)
            }
        }
    }
    private let state: Mutex<State>
    /// What is declared elsewhere of a table of this name.
    package typealias Lookup = @Sendable (TableName) throws -> TableSchema?
    private let given: Lookup?

    /// `tables`, `rows`: where they lie when there are many. `given` is asked for tables that are not declared here.
    package init(
        tables: sending RecordLog<Declared> = RecordLog(), rows: sending RecordLog<Int> = RecordLog(),
        given: Lookup? = nil
    ) {
        state = Mutex(State(tables: tables, rows: rows))
        self.given = given
    }

    /// What the catalog knew when its logs were so long.
    package struct ResumePoint: Codable, Sendable {
        package var tables: Int
        package var rows: Int
        package var types: [TableName: Data]
        package var schemas: [SchemaName: Bool]
    }

    package func resumePoint() throws -> ResumePoint {
        try state.withLock { state in
            let types = state.types.mapValues { kind in
                var record = RecordWriter()
                kind.write(to: &record)
                return Data(record.bytes)
            }
            return ResumePoint(
                tables: try state.tables.flush(), rows: try state.rows.flush(), types: types, schemas: state.schemas)
        }
    }

    /// `tables`, `rows`: the logs, as long as the point says.
    package convenience init(
        at point: ResumePoint, tables: sending RecordLog<Declared>, rows: sending RecordLog<Int>, given: Lookup? = nil
    ) throws {
        self.init(tables: tables, rows: rows, given: given)
        let types = try point.types.mapValues { bytes in
            var record = RecordReader(Array(bytes))
            return try ColumnKind(from: &record)
        }
        state.withLock { ($0.types, $0.schemas) = (types, point.schemas) }
    }

    package func declare(_ schema: TableSchema) throws {
        try state.withLock { state in
            try state.tables.put(.table(schema), for: schema.name.key)
            if let name = schema.name.schema {
                let schema = SchemaName(schema.name.database, name)
                state.schemas[schema] = state.schemas[schema] ?? false
            } else {
                try state.noteSpelling(of: schema.name)
            }
        }
    }

    package func declareView(_ name: TableName) throws {
        _ = try state.withLock { try $0.tables.put(.view, for: name.key) }
    }

    /// MariaDB's sequence: a view to all who look for rows, and its own row is no table's.
    package func declareSequence(_ name: TableName) throws {
        _ = try state.withLock { try $0.tables.put(.sequence, for: name.key) }
    }

    package func removeView(_ name: TableName) throws { try state.withLock { try $0.tables.remove(name.key) } }

    /// A type of PostgreSQL: what its values are.
    package func declareType(_ name: TableName, _ kind: ColumnKind) {
        state.withLock { $0.types[name] = kind }
    }

    /// CREATE SCHEMA.
    package func declareSchema(_ name: String, in database: String?) {
        state.withLock { $0.schemas[SchemaName(database, name)] = true }
    }

    package func hasSchema(_ name: String, in database: String?) -> Bool {
        state.withLock { $0.schemas[SchemaName(database, name)] != nil }
    }

    /// Whether the export itself makes schemas of this database, so that those it does not make are not there.
    package func makesSchemas(of database: String?) -> Bool {
        let database = database.map(ExactText.init)
        return state.withLock { $0.schemas.contains { $0.value && $0.key.database == database } }
    }

    /// Whether a table or view of this name is declared.
    package func knows(_ name: TableName) throws -> Bool {
        try state.withLock { try $0.tables.number(of: name.key) } != nil
    }

    /// The one declared table of MySQL whose name differs only in its case.
    package func otherSpelling(of name: TableName) throws -> TableName? {
        guard case .spelling(let declared?) = try state.withLock({ try $0.tables.record(of: name.keyOfAnyCase) }),
            declared != name
        else { return nil }
        return try knows(declared) ? declared : nil
    }

    package func schema(of name: TableName) throws -> TableSchema? {
        switch try state.withLock({ try $0.tables.record(of: name.key) }) {
        case .table(let schema) where schema.unreadable == nil: return schema.resolved(by: self)
        case .view, .sequence: return nil
        default: return try given?(name)
        }
    }

    /// The names of all tables, those included whose CREATE TABLE cannot be read, in the order in which they were
    /// declared.
    package func forEachTable(_ body: (TableName) throws -> Void) throws {
        for position in 0 ..< state.withLock(\.tables.count) {
            let declared = try state.withLock { try $0.tables.record($0.tables.number(at: position)) }
            if case .table(let schema) = declared { try body(schema.name) }
        }
    }

    /// Why the table's CREATE TABLE cannot be read, if there is one that cannot.
    package func whyUnreadable(_ name: TableName) throws -> String? {
        guard case .table(let schema) = try state.withLock({ try $0.tables.record(of: name.key) }),
            let why = schema.unreadable
        else { return nil }
        return try given?(name) == nil ? why : nil
    }

    package func isView(_ name: TableName) throws -> Bool {
        switch try state.withLock({ try $0.tables.record(of: name.key) }) {
        case .view, .sequence: true
        default: false
        }
    }

    package func isSequence(_ name: TableName) throws -> Bool {
        if case .sequence = try state.withLock({ try $0.tables.record(of: name.key) }) { true } else { false }
    }

    package var types: [TableName: ColumnKind] { state.withLock { $0.types } }

    /// Counts rows of a table that a file holds, and returns how many of it came before them.
    package func count(_ rows: Int, of table: TableName, in origin: String) throws -> Int {
        try count(rows, counter(of: table, in: origin))
    }

    /// Where rows of a table in one file are counted, until the file removes the table.
    package struct RowCounter: Sendable {
        fileprivate let number: Int32
    }

    package func counter(of table: TableName, in origin: String) throws -> RowCounter {
        let key = key(table, in: origin)
        return try state.withLock { RowCounter(number: try $0.rows.number(of: key) ?? $0.rows.put(0, for: key)) }
    }

    /// The same by the counter, for those who count often.
    package func count(_ rows: Int, _ counter: RowCounter) throws -> Int {
        try state.withLock { state in
            try state.rows.change(counter.number) { count in
                defer { count += rows }
                return count
            }
        }
    }

    // MARK: Tables of one file

    /// What the rows of a table in one file are counted by.
    package func key(_ table: TableName, in origin: String) -> String { "\(origin)\0\(table.key)" }

    /// How many rows of the table the file has had so far; nil where it has neither declared it nor had rows of it.
    package func rowCount(of table: TableName, in origin: String) throws -> Int? {
        try state.withLock { try $0.rows.record(of: key(table, in: origin)) }
    }

    package func setRowCount(_ count: Int, of table: TableName, in origin: String) throws {
        _ = try state.withLock { try $0.rows.put(count, for: key(table, in: origin)) }
    }

    /// The file declares the table, or names it.
    package func meet(_ table: TableName, in origin: String) throws {
        if try rowCount(of: table, in: origin) == nil { try setRowCount(0, of: table, in: origin) }
    }

    /// The file removes the table.
    package func forget(_ table: TableName, in origin: String) throws {
        try state.withLock {
            try $0.tables.remove(table.key)
            try $0.rows.remove(key(table, in: origin))
        }
    }
}
