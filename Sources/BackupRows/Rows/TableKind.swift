/// What the lines of a table are.
public enum TableKind: String, Sendable, Codable, CaseIterable {
    /// Its rows.
    case rows
    /// What has happened to its rows, in the order of the commits.
    case changes
    /// Statements that changed tables.
    case ddl

    /// What the names of its part files begin with: `part-00000.ndjson`, `changes-00000.ndjson`.
    package var partName: String { self == .rows ? "part" : "changes" }
}
