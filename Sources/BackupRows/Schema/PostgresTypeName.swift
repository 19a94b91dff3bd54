/// The name of a PostgreSQL type as a statement writes it.
package struct PostgresTypeName: Hashable, Sendable {
    /// nil: the search path decides.
    package var schema: String?
    /// Folded; words of a name of several apart by one blank (`character varying`).
    package var name = ""
    package var dimensions = 0

    /// What its values are as long as nobody has declared it.
    package var ownForm: ColumnKind { dimensions > 0 ? .array(.ownForm) : .ownForm }

    package init(schema: String? = nil, name: String = "", dimensions: Int = 0) {
        (self.schema, self.name, self.dimensions) = (schema, name, dimensions)
    }

    package mutating func append(_ word: String) { name += name.isEmpty ? word : " " + word }
}
