import BackupBytes

/// Which database the name of a dump's file suggests: `shop.sql`, `shop-schema.sql`, `shop/data.sql`, `2025/shop.sql`.
struct DumpNames {
    /// The words of a file's name that say which part of a database it holds.
    private static let parts: Set<String> = [
        "schema", "structure", "ddl", "tables", "data", "rows", "inserts", "full", "only",
    ]
    /// Names that every dump may have.
    private static let anyones: Set<String> = [
        "dump", "backup", "database", "db", "all", "export", "pg_dump", "mysqldump",
    ]

    /// What is left of the file's name without such words; else its folder's; else all of it.
    static func group(of location: String) -> String {
        let parts = location.pathParts, stem = parts.last ?? ""
        let words = stem.split { "-_. ".contains($0) }.filter { !Self.parts.contains($0.lowercased()) }
        guard let first = words.first, let last = words.last,
            !(words.count == 1 && anyones.contains(first.lowercased()))
        else {
            return parts.dropLast().last ?? stem
        }
        return String(stem[first.startIndex ..< last.endIndex])
    }

    /// A name for each of the locations; those of `clashing` that would have one name have that of their folders.
    static func names(of locations: [String], clashing: Set<Int>) -> [String] {
        var names = locations.map(group)
        for numbers in Dictionary(grouping: clashing, by: { ExactText(names[$0]) }).values where numbers.count > 1 {
            for number in numbers { names[number] = locations[number].pathParts.dropLast().last ?? names[number] }
        }
        return names
    }
}
