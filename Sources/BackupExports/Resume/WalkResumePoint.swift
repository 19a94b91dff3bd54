import BackupArchives
import BackupBytes
import BackupRows
import BackupText

/// Where another process can resume a walk: between two batches of a file of rows, or inside a file that is spilled.
/// What was learned before lies in the logs of the work folder, whose lengths are noted here.
struct WalkResumePoint: Codable, Sendable {
    /// nil: all entries have been met, and their end was right.
    var unpacking: UnpackingResumePoint?
    /// Where reading the input resumes when the shortcut is used; nil: at its beginning.
    var source: SourceResumePoint?
    var work: Work
    var structures: Structures.ResumePoint
    var pending: PendingItems.ResumePoint
    /// Where the log of the paths met ends.
    var paths: Int
    /// And that of the homes of tables.
    var homes: Int
    /// The databases of several dumps.
    var survey: DumpSurvey?
    var tablesMet: Int
    var entriesMet: Int
    /// Bytes read of a folder when the file was opened; of any input when all entries have been met.
    var bytesBefore: Int

    enum Work: Codable, Sendable {
        /// Rows of the current entry.
        case reading(RowFile, TableName?, DataReader.ResumePoint)
        /// Rows that were spilled.
        case readingSpilled(RowFile, TableName?, DataReader.ResumePoint, Spill.Rows, Spill.Point)
        /// The current entry is spilled, and waits for the structure at a location.
        case spilling(RowFile, for: String, Spill.Rows)

        var file: RowFile {
            switch self {
            case .reading(let file, _, _), .readingSpilled(let file, _, _, _, _), .spilling(let file, _, _): file
            }
        }
    }
}

/// A path that was met. The record is its key.
struct PathMet: Recordable {
    init() {}
    init(from record: inout RecordReader) throws {}
    func write(to record: inout RecordWriter) {}
}
