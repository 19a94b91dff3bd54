import BackupArchives
import BackupBytes
import BackupLake
import BackupRows
import BackupText

/// What a conversion has to remember at a checkpoint, beside what the output remembers itself.
struct ResumePoint: Codable {
    /// The number of the input, and where in it.
    var input: Int
    var walk: WalkPlace
    /// Where the log of tables ends.
    var tables: Int
    var tablesOfEarlierInputs: Int32
    var bytesOfEarlierInputs: Int
    var current: TableName?
    var warnings: [String]
    var spool: SpoolCost
    var rejects: Rejects.Place?
    var progress: Progress
    var seconds: Double

    struct Progress: Codable {
        var rows: Int
        var bytes: Int
    }
}
