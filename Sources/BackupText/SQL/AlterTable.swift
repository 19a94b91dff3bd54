import BackupRows

/// ALTER TABLE, as far as it changes the columns or the name of a table, or takes rows away.
struct AlterTable {
    enum Action {
        /// ADD, MODIFY, CHANGE, ALTER … TYPE: the definition as it is written, and the column it takes the place of.
        case define([UInt8], replacing: String?, at: Position)
        case drop(String)
        case renameColumn(String, to: String)
        case rename(TableName)
        case setSchema(String)
        /// Rows are taken away or exchanged: of a partition, of a tablespace.
        case changesRows(String)
        case unreadable
    }

    enum Position {
        case same, first, last
        case after(String)
    }

    var name: TableName
    var actions: [Action]

    /// The columns after the actions; nil where they cannot be known.
    func columns(of table: TableSchema, define: ([UInt8]) -> Column?) -> [Column]? {
        var columns = table.columns
        func index(of name: String) -> Int? {
            columns.firstIndex { $0.name.lowercased().utf8.elementsEqual(name.lowercased().utf8) }
        }
        for action in actions {
            switch action {
            case .define(let text, let old, let position):
                guard var column = define(text) else { return nil }
                var place = columns.count
                if let old {
                    guard let index = index(of: old) else { return nil }
                    place = index
                    column.keepCharset(of: columns[index])
                    columns.remove(at: index)
                } else if index(of: column.name) != nil {
                    continue  // ADD COLUMN IF NOT EXISTS
                }
                switch position {
                case .same: break
                case .first: place = 0
                case .last: place = columns.count
                case .after(let name):
                    guard let index = index(of: name) else { return nil }
                    place = index + 1
                }
                columns.insert(column, at: place)
            case .drop(let name): columns.removeAll { $0.name.lowercased().utf8.elementsEqual(name.lowercased().utf8) }
            case .renameColumn(let old, let new):
                guard let index = index(of: old) else { return nil }
                columns[index].name = new
            case .unreadable: return nil
            case .rename, .setSchema, .changesRows: break
            }
        }
        return columns
    }
}

extension Column {
    /// A text column that names no charset has the table's, as the one before it had.
    fileprivate mutating func keepCharset(of old: Column) {
        switch (kind, old.kind) {
        case (.text(nil), .text(let charset)), (.text(nil), .words(let charset)): kind = .text(charset: charset)
        case (.words(nil), .text(let charset)), (.words(nil), .words(let charset)): kind = .words(charset: charset)
        default: break
        }
    }
}
