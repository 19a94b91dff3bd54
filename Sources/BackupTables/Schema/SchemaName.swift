import BackupBytes

/// A schema of PostgreSQL in its database.
struct SchemaName: Hashable, Codable {
    var database: ExactText?
    var name: ExactText

    init(_ database: String?, _ name: String) {
        self.database = database.map(ExactText.init)
        self.name = ExactText(name)
    }
}
