import BackupRows

/// What a session knows between two transactions: another one that is given it continues as this one would.
package struct SessionState: Codable, Sendable {
    var expectedFile: String?
    var isLoaded: Bool
    /// Statements that were passed over, and hidden values, of the log that is read.
    var statements: [String: Int]
    var hidden: [TableName: [String: Int]]
    /// From where to where the output goes.
    var start: LogPosition?
    var end: LogPosition?
    /// What has been said.
    var warned: [String]
    var definitions: [FollowedDefinition]
}

/// A statement that has changed what is known of tables.
struct FollowedDefinition: Codable, Sendable {
    var text: String
    var database: String?
    var position: LogPosition
    /// It comes before what is to be read.
    var isLoaded: Bool
}
