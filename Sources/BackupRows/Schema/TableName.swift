import BackupBytes

/// A table's full name. MySQL knows no schemas; a file without structure above it has only its own name.
public struct TableName: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    /// The database, if the export names one.
    public var database: String?
    /// The schema: PostgreSQL only.
    public var schema: String?
    /// The table.
    public var table: String

    /// Makes a name of its parts.
    public init(database: String? = nil, schema: String? = nil, table: String) {
        self.database = database
        self.schema = schema
        self.table = table
    }

    /// The parts that are known, from the outermost: `["shop", "public", "orders"]`.
    public var parts: [String] { [database, schema, table].compactMap { $0 } }

    /// `shop.orders`, `shop.public.orders`: what `--table` patterns are held against.
    public var description: String { parts.joined(separator: ".") }

    /// It ends with the session that made it: no database has it afterwards.
    package var isTemporary: Bool { schema == PostgresSchemas.temporary }

    /// Names are bytes: two that only Unicode takes for the same are two tables.
    public static func == (a: TableName, b: TableName) -> Bool {
        ExactText(a.table) == ExactText(b.table) && a.schema.map(ExactText.init) == b.schema.map(ExactText.init)
            && a.database.map(ExactText.init) == b.database.map(ExactText.init)
    }

    /// Names that are equal have the same hash.
    public func hash(into hasher: inout Hasher) {
        for part in [database, schema, table] { hasher.combine(part.map(ExactText.init)) }
    }

    /// By database, schema and table, in this order.
    public static func < (a: TableName, b: TableName) -> Bool {
        a.parts.lexicographicallyPrecedes(b.parts) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
