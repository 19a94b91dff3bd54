/// A table as its structure declares it: CREATE TABLE, read for the order, names and types of its columns.
public struct TableSchema: Sendable, Hashable {
    public var name: TableName
    public var columns: [Column]

    public init(name: TableName, columns: [Column]) {
        self.name = name
        self.columns = columns
    }
}
