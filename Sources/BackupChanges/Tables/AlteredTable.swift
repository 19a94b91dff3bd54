import BackupRows
import Foundation

/// The columns of a table, as the clauses of an ALTER TABLE change them. A clause that has been applied already (the
/// structure is newer than the statement) changes nothing.
struct AlteredTable {
    var schema: TableSchema
    /// What each column was called before the statement, which all its clauses go by; nil: it is new.
    private var oldNames: [String?]
    private(set) var newName: (database: String?, table: String)?
    /// Reads definitions of columns.
    private let columns: (_ definition: String) -> [Column]?

    init(_ schema: TableSchema, columns: @escaping (_ definition: String) -> [Column]?) {
        (self.schema, self.columns) = (schema, columns)
        oldNames = schema.columns.map { $0.name.lowercased() }
    }

    private func index(of name: String) -> Int? { oldNames.firstIndex(of: name.lowercased()) }

    /// Whether a column is called so after the clauses so far.
    private func has(_ name: String) -> Bool {
        schema.columns.contains { $0.name.lowercased() == name.lowercased() }
    }

    /// Applies all clauses; false where one cannot be.
    mutating func apply(_ clauses: String) -> Bool {
        for clause in Self.split(clauses) where !apply(clause: clause) { return false }
        return true
    }

    /// At commas that stand in no brackets and no quotes.
    private static func split(_ text: String) -> [String] {
        var pieces: [String] = [], piece = "", depth = 0, quote: Character?, isEscaped = false
        for character in text {
            if let open = quote {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" && open != "`" {
                    isEscaped = true
                } else if character == open {
                    quote = nil
                }
            } else {
                switch character {
                case "'", "\"", "`": quote = character
                case "(": depth += 1
                case ")": depth -= 1
                case "," where depth == 0:
                    pieces.append(piece)
                    piece = ""
                    continue
                default: break
                }
            }
            piece.append(character)
        }
        return pieces + [piece]
    }

    private static let keys: Set<String> = [
        "INDEX", "KEY", "UNIQUE", "FULLTEXT", "SPATIAL", "CONSTRAINT", "PRIMARY", "FOREIGN", "CHECK", "PARTITION",
        "PERIOD", "VECTOR",
    ]

    private mutating func apply(clause: String) -> Bool {
        var words = Words(clause)
        switch words.next() {
        case "ADD":
            let before = words
            if Self.keys.contains(words.next()) { return true }
            words = before
            _ = words.skip("COLUMN")
            if words.skip("IF") { _ = (words.skip("NOT"), words.skip("EXISTS")) }
            return add(words)
        case "DROP":
            let before = words
            if Self.keys.contains(words.next()) { return true }
            words = before
            _ = words.skip("COLUMN")
            if words.skip("IF") { _ = words.skip("EXISTS") }
            if let index = index(of: words.name()) { remove(at: index) }
            return !schema.columns.isEmpty
        case "MODIFY":
            _ = words.skip("COLUMN")
            if words.skip("IF") { _ = words.skip("EXISTS") }
            var after = words
            return change(after.name(), to: words)
        case "CHANGE":
            _ = words.skip("COLUMN")
            if words.skip("IF") { _ = words.skip("EXISTS") }
            return change(words.name(), to: words)
        case "RENAME": return rename(&words)
        case "CONVERT": return convert(&words)
        case "ALTER", "ENGINE", "COMMENT", "AUTO_INCREMENT", "ORDER", "FORCE", "ENABLE", "DISABLE", "ROW_FORMAT",
            "DEFAULT",
            "CHARACTER", "CHARSET", "COLLATE", "ALGORITHM", "LOCK", "KEY_BLOCK_SIZE", "STATS_PERSISTENT", "COMPRESSION",
            "STATS_AUTO_RECALC", "STATS_SAMPLE_PAGES", "CHECKSUM", "MAX_ROWS", "MIN_ROWS", "AVG_ROW_LENGTH",
            "TABLESPACE",
            "ENCRYPTION", "WITHOUT", "WITH", "TRUNCATE", "REORGANIZE", "COALESCE", "ANALYZE", "OPTIMIZE", "REBUILD",
            "REPAIR", "EXCHANGE", "DISCARD", "IMPORT", "PARTITION", "REMOVE", "DELAY_KEY_WRITE", "SECONDARY_ENGINE",
            "SECONDARY_LOAD", "SECONDARY_UNLOAD", "PACK_KEYS", "INSERT_METHOD", "UNION", "WAIT", "NOWAIT",
            "PAGE_CHECKSUM", "TRANSACTIONAL":
            return true
        case "": return true
        default: return false
        }
    }

    private mutating func add(_ words: Words) -> Bool {
        var words = words
        if words.skip(Character("(")) {
            var list = String(words.rest)
            guard let end = list.lastIndex(of: ")") else { return false }
            list = String(list[..<end])
            for definition in Self.split(list) {
                let first = Words(definition)
                var key = first
                if Self.keys.contains(key.next()) { continue }
                guard add(first) else { return false }
            }
            return true
        }
        guard let (column, place) = definition(words) else { return false }
        if has(column.name) { return true }
        return insert(column, place)
    }

    private mutating func change(_ name: String, to words: Words) -> Bool {
        guard let (column, place) = definition(words) else { return false }
        guard let index = index(of: name) else { return has(column.name) }
        let old = oldNames[index]
        remove(at: index)
        guard case .last = place else { return insert(column, place, was: old) }
        schema.columns.insert(column, at: index)
        oldNames.insert(old, at: index)
        return true
    }

    private mutating func remove(at index: Int) {
        schema.columns.remove(at: index)
        oldNames.remove(at: index)
    }

    private mutating func rename(_ words: inout Words) -> Bool {
        if words.skip("COLUMN") {
            let old = words.name()
            guard words.skip("TO") else { return false }
            let new = words.name()
            guard let index = index(of: old) else { return has(new) }
            schema.columns[index].name = new
            return true
        }
        if words.skip("INDEX") || words.skip("KEY") { return true }
        _ = words.skip("TO") || words.skip("AS")
        newName = words.tableName()
        return true
    }

    private mutating func convert(_ words: inout Words) -> Bool {
        guard words.skip("TO") else { return true }
        _ = words.skip("CHARACTER") ? words.skip("SET") : words.skip("CHARSET")
        let charset = words.name().lowercased()
        for index in schema.columns.indices {
            switch schema.columns[index].kind {
            case .text: schema.columns[index].kind = .text(charset: charset)
            case .words: schema.columns[index].kind = .words(charset: charset)
            default: break
            }
        }
        return true
    }

    // MARK: Definitions

    private enum Slot {
        case first, last
        case after(String)
    }

    /// A column's definition, and where it is to stand.
    private func definition(_ words: Words) -> (Column, Slot)? {
        var text = String(words.rest), place = Slot.last
        let upper = text.uppercased()
        if upper.hasSuffix(" FIRST") {
            text.removeLast(6)
            place = .first
        } else if let range = upper.range(of: " AFTER ", options: .backwards) {
            let start = upper.distance(from: upper.startIndex, to: range.lowerBound)
            let cut = text.index(text.startIndex, offsetBy: start)
            var after = Words(String(text[cut...].dropFirst(7)))
            let name = after.name()
            after.skipSpace()
            if after.rest.isEmpty {
                place = .after(name)
                text = String(text[..<cut])
            }
        }
        guard var column = columns(text)?.first else { return nil }
        // The table's own charset, which its other columns show.
        let texts = schema.columns.lazy.compactMap { column -> String? in
            if case .text(let charset) = column.kind { charset } else { nil }
        }
        if let usual = texts.first {
            if case .text(nil) = column.kind { column.kind = .text(charset: usual) }
            if case .words(nil) = column.kind { column.kind = .words(charset: usual) }
        }
        return (column, place)
    }

    private mutating func insert(_ column: Column, _ place: Slot, was old: String? = nil) -> Bool {
        var target = schema.columns.count
        switch place {
        case .first: target = 0
        case .last: break
        case .after(let name):
            let now = schema.columns.firstIndex { $0.name.lowercased() == name.lowercased() }
            guard let index = now ?? index(of: name) else { return false }
            target = index + 1
        }
        schema.columns.insert(column, at: target)
        oldNames.insert(old, at: target)
        return true
    }
}
