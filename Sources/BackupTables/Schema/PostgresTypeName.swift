/// The name of a PostgreSQL type as a statement writes it.
struct PostgresTypeName: Hashable {
    /// nil: the search path tells.
    var schema: String?
    /// Folded; words of a name of several apart by one blank (`character varying`).
    var name = ""
    var dimensions = 0

    /// What its values are as long as nobody has declared it.
    var ownForm: ColumnKind { dimensions > 0 ? .array(.ownForm) : .ownForm }

    mutating func append(_ word: String) { name += name.isEmpty ? word : " " + word }
}
