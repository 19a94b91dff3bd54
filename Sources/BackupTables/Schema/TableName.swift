/// A table's full name. MySQL knows no schemas; a file without structure above it has only its own name.
public struct TableName: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    public var database: String?
    public var schema: String?
    public var table: String

    public init(database: String? = nil, schema: String? = nil, table: String) {
        self.database = database
        self.schema = schema
        self.table = table
    }

    /// The parts that are known, from the outermost: `["shop", "public", "orders"]`.
    public var parts: [String] { [database, schema, table].compactMap { $0 } }

    /// `shop.orders`, `shop.public.orders`: what `--table` patterns are held against.
    public var description: String { parts.joined(separator: ".") }

    public static func < (a: TableName, b: TableName) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}
