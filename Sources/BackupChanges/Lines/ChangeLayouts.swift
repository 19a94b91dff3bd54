import BackupRows

/// The layouts of the tables of a session.
final class ChangeLayouts {
    private let lines: LineFormat
    private let isFlat: Bool
    private var envelopes: [TableName: RowLayout] = [:]
    /// Of the statements that change tables.
    let definitions: RowLayout

    /// Layouts that are kept for tables that are mapped again.
    private static let limit = 4096

    init(_ lines: LineFormat, isFlat: Bool) {
        (self.lines, self.isFlat) = (lines, isFlat)
        definitions = RowLayout(
            table: ChangeColumns.definitionTable, columns: ChangeColumns.definition, spelling: RowSpelling(),
            lines: lines, kind: .ddl)
    }

    /// The layout of a table of these columns.
    func layout(of table: TableName, _ columns: [ChangedColumn]) -> RowLayout {
        if isFlat {
            return made(table, ChangeColumns.flat + columns.filter { !$0.isHidden }.map(\.column))
        }
        if let known = envelopes[table] { return known }
        if envelopes.count > Self.limit { envelopes.removeAll() }
        let made = made(table, ChangeColumns.envelope)
        envelopes[table] = made
        return made
    }

    private func made(_ table: TableName, _ columns: [Column]) -> RowLayout {
        RowLayout(table: table, columns: columns, spelling: RowSpelling(), lines: lines, kind: .changes)
    }
}
