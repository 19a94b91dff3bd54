import BackupRows

/// Rows that a server would not simply add: those whose key may be there already, and those of views.
extension SQLReader {
    static let conflictClauses = [
        "duplicate": "INSERT … ON DUPLICATE KEY UPDATE", "conflict": "INSERT … ON CONFLICT",
    ]

    /// REPLACE and INSERT IGNORE, known by the statement's text before its rows.
    static func conflict(ofHead head: ArraySlice<UInt8>) -> PassedStatement? {
        let words = head.prefix(80).split { !SQLLexer.isWord($0) }.prefix(5).map {
            String(decoding: $0, as: UTF8.self).lowercased()
        }
        if words.first == "replace" { return .keepsBoth("REPLACE") }
        return words.prefix { $0 != "into" }.contains("ignore") ? .keepsBoth("INSERT IGNORE") : nil
    }

    /// The rows of a batch, where they are a view's.
    func noteRowsOfView(_ table: TableName, _ marks: Marks, _ slab: RowSlab) {
        let first = unsafe slab.offset + Int(marks.rows.first?.start ?? 0)
        unsafe session.tally.add(.fillsView, table: table, first: "byte \(first)", count: marks.rows.count)
    }
}
