import BackupRows
import BackupText

/// A table as far as its structure or its path shows it.
struct KnownTable {
    var name: TableName
    var schema: TableSchema?
    var family: SQLDialect.Family?
    /// Why its CREATE TABLE cannot be read.
    var unreadable: String?
    /// How the rows are spelled in a dump by MySQL Shell.
    var shell: ShellTable?
    /// Its file does not lie in a tree, and was written as those that do: bytes are hexadecimal digits.
    var isOfTree = false
}
