import BackupBytes

/// A schema of PostgreSQL in its database.
package struct SchemaName: Hashable, Codable {
    package var database: ExactText?
    package var name: ExactText

    package init(_ database: String?, _ name: String) {
        self.database = database.map(ExactText.init)
        self.name = ExactText(name)
    }
}
