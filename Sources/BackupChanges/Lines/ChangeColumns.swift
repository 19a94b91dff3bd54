import BackupRows

/// The columns of lines, for the manifest and for those who read rows. All values are JSON already.
package enum ChangeColumns {
    static let envelope = [
        Column(name: "op", kind: .ownForm), Column(name: "ts_ms", kind: .integer(isBig: true)),
        Column(name: "before", kind: .json), Column(name: "after", kind: .json), Column(name: "source", kind: .json),
    ]
    static let flat = [
        Column(name: "_op", kind: .ownForm), Column(name: "_ts_ms", kind: .integer(isBig: true)),
        Column(name: "_file", kind: .ownForm), Column(name: "_pos", kind: .integer(isBig: true)),
        Column(name: "_row", kind: .integer(isBig: true)),
    ]
    static let definition = [
        Column(name: "ts_ms", kind: .integer(isBig: true)), Column(name: "db", kind: .ownForm),
        Column(name: "ddl", kind: .ownForm), Column(name: "source", kind: .json),
    ]

    /// The statements that change tables.
    package static let definitionTable = TableName(table: "_ddl")
}

extension ChangedColumn {
    /// The column as lines have it.
    var column: Column { Column(name: name, type: type, kind: kind) }

    private var kind: ColumnKind {
        switch form {
        case .integer(let bytes, _): .integer(isBig: bytes == 8)
        case .year: .integer(isBig: false)
        case .bit(let bytes): .integer(isBig: bytes > 6)
        case .decimal: .decimal
        case .float, .double: .float
        case .bytes, .compressed(_, _, false): .binary
        case .json, .jsonText: .json
        default: .ownForm
        }
    }

    /// Whether it holds binary JSON.
    var isDocument: Bool { if case .json = form { !isArray } else { false } }
}
