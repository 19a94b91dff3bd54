import BackupTables

/// Which tables are wanted: shell patterns (`*`, `?`, `[a-z]`) over `database.table` or `database.schema.table`.
public struct TableFilter: Sendable, Hashable {
    public var included: [String]
    public var excluded: [String]

    /// No `included` patterns: all tables.
    public init(included: [String] = [], excluded: [String] = []) {
        self.included = included
        self.excluded = excluded
    }

    public func wants(_ table: TableName) -> Bool {
        let name = table.description
        if excluded.contains(where: { Self.matches(name, $0) }) { return false }
        return included.isEmpty || included.contains { Self.matches(name, $0) }
    }

    static func matches(_ name: String, _ pattern: String) -> Bool {
        let name = Array(name), pattern = Array(pattern)
        func match(_ n: Int, _ p: Int) -> Bool {
            guard p < pattern.count else { return n == name.count }
            switch pattern[p] {
            case "*": return match(n, p + 1) || (n < name.count && match(n + 1, p))
            case "?": return n < name.count && match(n + 1, p + 1)
            case "[":
                guard n < name.count, let close = pattern[p...].firstIndex(of: "]"), close > p + 1 else { return false }
                var set = pattern[(p + 1) ..< close]
                let isNegated = set.first == "!"
                if isNegated { set = set.dropFirst() }
                return inSet(name[n], Array(set)) != isNegated && match(n + 1, close + 1)
            default: return n < name.count && name[n] == pattern[p] && match(n + 1, p + 1)
            }
        }
        return match(0, 0)
    }

    private static func inSet(_ character: Character, _ set: [Character]) -> Bool {
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
