/// The format a task writes, as the service names it. Unknown names are kept.
public enum DownloadFormat: Sendable, Hashable {
    case csv
    case csvWithHeader
    case sql
    case parquet
    case bson
    /// XtraBackup's `qp.xb`.
    case physical
    /// Classic DBS: the engine's own format.
    case native
    /// Classic DBS.
    case json
    case other(String)

    /// Understands any case and the misspelling `qb.xb`.
    public init(_ text: String) {
        switch text.lowercased() {
        case "csv": self = .csv
        case "csv-with-header": self = .csvWithHeader
        case "sql": self = .sql
        case "parquet": self = .parquet
        case "bson": self = .bson
        case "qp.xb", "qb.xb": self = .physical
        case "native": self = .native
        case "json": self = .json
        default: self = .other(text)
        }
    }

    /// The word that the command prints and reads.
    public var word: String {
        switch self {
        case .csv: "csv"
        case .csvWithHeader: "csv-with-header"
        case .sql: "sql"
        case .parquet: "parquet"
        case .bson: "bson"
        case .physical: "qp.xb"
        case .native: "native"
        case .json: "json"
        case .other(let text): text
        }
    }
}
