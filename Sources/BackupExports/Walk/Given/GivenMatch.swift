import BackupRows

/// Which of the given tables a file of rows is of.
enum GivenMatch {
    /// None of them.
    case none
    case table(Found)
    /// Nothing shows which of these.
    case several([TableName])

    struct Found {
        var table: GivenTables.Table
        /// What the path says of database and schema, from the innermost.
        var qualifiers: [String]
        /// The folder of the file, where it is none of the table's database or schema.
        var otherFolder: String?
        /// The file is named as downloads name the parts of a table.
        var isDownload = false

        /// The name of the table: what its structure leaves out, the path says.
        var name: TableName {
            var name = table.name, outer = qualifiers[...]
            if table.family == .postgresql {
                if name.schema == nil { name.schema = outer.first }
                if let first = outer.first, first == name.schema { outer.removeFirst() }
            }
            if name.database == nil { name.database = outer.first }
            return name
        }
    }
}
