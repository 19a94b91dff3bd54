import Synchronization

/// The tables, domains and views that an export has declared so far.
package final class SchemaCatalog: Sendable {
    private struct State {
        var tables: [TableName: TableSchema] = [:]
        var domains: [String: ColumnKind] = [:]
        var views: Set<TableName> = []
    }
    private let state = Mutex(State())

    package init() {}

    package func declare(_ schema: TableSchema) { state.withLock { $0.tables[schema.name] = schema } }

    package func declareView(_ name: TableName) {
        state.withLock {
            $0.views.insert(name)
            $0.tables[name] = nil
        }
    }

    func declareDomain(_ name: String, _ kind: ColumnKind) {
        state.withLock {
            $0.domains[name] = kind
            $0.domains[String(name.split(separator: ".").last ?? "")] = kind
        }
    }

    package func schema(of name: TableName) -> TableSchema? { state.withLock { $0.tables[name] } }

    package func isView(_ name: TableName) -> Bool { state.withLock { $0.views.contains(name) } }

    var domains: [String: ColumnKind] { state.withLock { $0.domains } }
}
