/// A table as its structure declares it: CREATE TABLE, read for the order, names and types of its columns.
package struct TableSchema: Sendable, Hashable {
    package var name: TableName
    package var columns: [Column]

    package init(name: TableName, columns: [Column]) {
        self.name = name
        self.columns = columns
    }
}
