import BackupArchives
import BackupBytes
import BackupRows
import BackupText

/// Where a walk can be gone on with by another process: inside a file of rows, between two of them, or inside one that
/// is laid aside. All that has been learned on the way lies in the logs of the work folder, which were so long by then.
struct WalkPlace: Codable, Sendable {
    /// nil: all entries have been met, and their end was right.
    var unpacking: UnpackingResumePoint?
    /// Where the input is gone on with when the shortcut is taken; nil: from its beginning.
    var source: SourceResumePoint?
    var work: Work
    var structures: Structures.Place
    var waiting: WaitingRoom.Place
    /// Where the log of the paths met ends.
    var paths: Int
    /// And that of the homes of tables.
    var homes: Int
    /// What several dumps have told of their databases.
    var survey: DumpSurvey?
    var tablesMet: Int
    var entriesMet: Int
    /// Bytes read of a folder when the file was opened; of any input when all entries have been met.
    var bytesBefore: Int

    enum Work: Codable, Sendable {
        /// Rows of the current entry.
        case reading(RowFile, TableName?, DataReader.ResumePoint)
        /// Rows that have waited in the spool.
        case readingAgain(RowFile, TableName?, DataReader.ResumePoint, Spool.Segment, InflatingResumePoint)
        /// The current entry goes to the spool, and waits for a place.
        case layingAside(RowFile, for: String, Spool.Segment)

        var file: RowFile {
            switch self {
            case .reading(let file, _, _), .readingAgain(let file, _, _, _, _), .layingAside(let file, _, _): file
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
