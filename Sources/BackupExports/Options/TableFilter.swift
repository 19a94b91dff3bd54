import BackupBytes
import BackupRows
import BackupText

/// Which tables are wanted: shell patterns (`*`, `?`, `[a-z]`) over `database.table` or `database.schema.table`.
public struct TableFilter: Sendable, Hashable {
    /// Globs over `database.table` or `database.schema.table`; empty means all tables.
    public var included: [String]
    /// Globs of tables to leave out.
    public var excluded: [String]

    /// No `included` patterns: all tables.
    public init(included: [String] = [], excluded: [String] = []) {
        self.included = included
        self.excluded = excluded
    }

    /// Whether a table passes.
    public func wants(_ table: TableName) -> Bool {
        let name = table.description
        if excluded.contains(where: { Self.matches(name, $0) }) { return false }
        return included.isEmpty || included.contains { Self.matches(name, $0) }
    }

    static func matches(_ name: String, _ pattern: String) -> Bool {
        let name = Array(name.unicodeScalars), pattern = Array(pattern.unicodeScalars)
        var n = 0, p = 0
        // After the last star, and where its match ends: going back to that one alone is enough.
        var star: (pattern: Int, name: Int)?
        while n < name.count || p < pattern.count {
            if p < pattern.count, pattern[p] == "*" {
                p += 1
                star = (p, n)
            } else if n < name.count, let length = one(name[n], pattern, at: p) {
                n += 1
                p += length
            } else if let last = star, last.name < name.count {
                star = (last.pattern, last.name + 1)
                (p, n) = (last.pattern, last.name + 1)
            } else {
                return false
            }
        }
        return true
    }

    /// The length of the piece of pattern at `at` when it takes this one character.
    private static func one(_ character: UnicodeScalar, _ pattern: [UnicodeScalar], at start: Int) -> Int? {
        guard start < pattern.count else { return nil }
        switch pattern[start] {
        case "?": return 1
        case "[":
            guard let close = pattern[start...].firstIndex(of: "]"), close > start + 1 else { return nil }
            var set = pattern[(start + 1) ..< close]
            let isNegated = set.first == "!"
            if isNegated { set = set.dropFirst() }
            return inSet(character, Array(set)) != isNegated ? close - start + 1 : nil
        default: return character == pattern[start] ? 1 : nil
        }
    }

    private static func inSet(_ character: UnicodeScalar, _ set: [UnicodeScalar]) -> Bool {
        var index = 0
        while index < set.count {
            if index + 2 < set.count, set[index + 1] == "-" {
                if set[index] <= character && character <= set[index + 2] { return true }
                index += 3
            } else {
                if set[index] == character { return true }
                index += 1
            }
        }
        return false
    }
}

extension TableFilter {
    /// The same of a part of a table; in a tree whose tables lie at the root, the name of the database is not in its
    /// path.
    func mayWant(_ part: DataPart) -> Bool {
        if mayWant(part.names) { return true }
        guard part.isTree, part.names.count <= 2, part.location.pathParts.count == part.names.count else {
            return false
        }
        let inner = included.compactMap { pattern -> String? in
            pattern.firstIndex(of: ".").map { String(pattern[pattern.index(after: $0)...]) }
        }
        return included.contains("*") || inner.contains { Self.matches(part.names.joined(separator: "."), $0) }
    }

    /// false where no spelling of these names can be wanted, so that the entry need not be looked at.
    func mayWant(_ names: [String]) -> Bool {
        let spellings = (1 ... max(1, names.count)).map { TableName(table: names.suffix($0).joined(separator: ".")) }
        return included.isEmpty ? spellings.last.map(wants) ?? true : spellings.contains(where: wants)
    }
}
