/// A table as its structure declares it: CREATE TABLE, read for the order, names and types of its columns.
package struct TableSchema: Sendable, Hashable {
    package var name: TableName
    package var columns: [Column]
    /// Why its CREATE TABLE cannot be read; its columns are then not known, and its rows only as `--types text`.
    package var unreadable: String?
    /// SET NAMES of the file that declares it (MySQL): what `mysqldump --tab` asks for the rows to be written in.
    package var clientCharset: String?
    /// That file says that the server was MariaDB.
    package var isMariaDB = false

    package init(name: TableName, columns: [Column], unreadable: String? = nil) {
        self.name = name
        self.columns = columns
        self.unreadable = unreadable
    }
}
