import BackupArchives
import BackupBytes
import BackupLake
import BackupRows
import BackupText

/// What a conversion has to remember at a checkpoint, beside what the output remembers itself.
struct ConversionResumePoint: Codable {
    /// The number of the input, and where in it.
    var input: Int
    var walk: WalkResumePoint
    /// Where the log of tables ends.
    var tables: Int
    var tablesOfEarlierInputs: Int32
    var bytesOfEarlierInputs: Int
    var current: TableName?
    var warnings: [String]
    var spill: SpillCost
    var rejects: Rejects.ResumePoint?
    var progress: Progress
    var seconds: Double

    struct Progress: Codable {
        var rows: Int
        var bytes: Int
    }
}
