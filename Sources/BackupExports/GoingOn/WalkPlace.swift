import BackupArchives
import BackupBytes
import BackupTables

/// Where a walk can be gone on with by another process: inside a file of rows, between two of them. All that has been learned
/// on the way lies in the logs of the work folder, which were so long by then.
struct WalkPlace: Codable, Sendable {
    var unpacking: UnpackingPlace
    /// Where the input is gone on with when the shortcut is taken; nil: from its beginning.
    var source: SourcePlace?
    var role: EntryRole
    var table: TableName?
    var reader: ReaderPlace
    var structures: Structures.Place
    /// Where the log of the paths met ends.
    var paths: Int
    var tablesMet: Int
    var entriesMet: Int
    var spool: SpoolCost
    /// Bytes read of a folder when the file was opened.
    var bytesBefore: Int
}

/// A path that was met. The record is its key.
struct PathMet: Recordable {
    init() {}
    init(from record: inout RecordReader) throws {}
    func write(to record: inout RecordWriter) {}
}
