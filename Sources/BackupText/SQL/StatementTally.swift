import BackupBytes
import BackupRows

/// Statements that were passed over, counted by kind and table, so that a file gives one warning a kind.
struct StatementTally: Codable {
    private struct Entry: Codable {
        var statement: PassedStatement
        var table: TableName?
        var count: Int
        var first: String
    }

    /// Tables that are counted apart; those after them are counted together.
    private static let limit = 256
    private var entries: [Entry] = []

    /// `first`: where the statement is, and its text.
    mutating func add(_ statement: PassedStatement, table: TableName?, first: @autoclosure () -> String, count: Int = 1)
    {
        let table = entries.count < Self.limit ? table : nil
        if let index = entries.firstIndex(where: { $0.statement == statement && $0.table == table }) {
            entries[index].count += count
        } else {
            entries.append(Entry(statement: statement, table: table, count: count, first: first()))
        }
    }

    /// The next warning, which is then forgotten.
    mutating func takeWarning() -> (text: String, table: TableName?)? {
        guard !entries.isEmpty else { return nil }
        let entry = entries.removeFirst()
        return (entry.statement.sentence(entry.count, of: entry.table, first: entry.first), entry.table)
    }
}
