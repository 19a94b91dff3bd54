import BackupBytes
import Foundation
import Synchronization

/// The tables, domains and views that an export has declared so far.
package final class SchemaCatalog: Sendable {
    private struct State {
        var tables: RecordLog<TableSchema>
        var domains: [String: ColumnKind] = [:]
        var views: Set<TableName> = []
    }
    private let state: Mutex<State>

    /// `tables`: where they are laid aside when there are many.
    package init(tables: sending RecordLog<TableSchema> = RecordLog()) { state = Mutex(State(tables: tables)) }

    /// What the catalog knew when its log was so long.
    package struct Place: Codable, Sendable {
        package var tables: Int
        var domains: [String: Data]
        var views: Set<TableName>
    }

    package func place() throws -> Place {
        try state.withLock { state in
            let domains = state.domains.mapValues { kind in
                var record = RecordWriter()
                kind.write(to: &record)
                return Data(record.bytes)
            }
            return Place(tables: try state.tables.flush(), domains: domains, views: state.views)
        }
    }

    /// `tables`: the log, as long as the place says.
    package convenience init(at place: Place, tables: sending RecordLog<TableSchema>) throws {
        self.init(tables: tables)
        let domains = try place.domains.mapValues { bytes in
            var record = RecordReader(Array(bytes))
            return try ColumnKind(from: &record)
        }
        state.withLock {
            $0.domains = domains
            $0.views = place.views
        }
    }

    package func declare(_ schema: TableSchema) throws { _ = try state.withLock { try $0.tables.put(schema, for: schema.name.key) } }

    package func declareView(_ name: TableName) throws {
        try state.withLock {
            $0.views.insert(name)
            try $0.tables.remove(name.key)
        }
    }

    func declareDomain(_ name: String, _ kind: ColumnKind) {
        state.withLock {
            $0.domains[name] = kind
            $0.domains[String(name.split(separator: ".").last ?? "")] = kind
        }
    }

    package func schema(of name: TableName) throws -> TableSchema? { try state.withLock { try $0.tables.record(of: name.key) } }

    package func isView(_ name: TableName) -> Bool { state.withLock { $0.views.contains(name) } }

    var domains: [String: ColumnKind] { state.withLock { $0.domains } }
}
