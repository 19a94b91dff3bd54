import BackupArchives
import BackupBytes
import BackupTables
import Foundation

/// From where an unfinished run is gone on with. One is made every few seconds, always between two rows:
///
///     1. what was written to the part files and to the logs of the work folder reaches the disk   (syncfs)
///     2. the checkpoint is written beside the one before, and reaches the disk                     (fsync)
///     3. it takes the place of the one before                                                      (rename, fsync of the folder)
///
/// So whenever the process or the machine stops, one checkpoint is whole, and all that it counts on is on disk. What was
/// written after it is cut off by the run that goes on, and made again from the input, byte for byte.
struct Checkpoint: Codable {
    var form = 1
    /// The number of the input, and where in it.
    var input: Int
    var walk: WalkPlace
    /// Where the logs of tables and of their files end.
    var tables: Int
    var outputs: Int
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

    static let name = "checkpoint"

    /// nil where there is none.
    static func read(in folder: WorkFolder) throws -> Checkpoint? {
        guard let data = try folder.opened()?.contents(of: name) else { return nil }
        let checkpoint = try? JSONDecoder().decode(Checkpoint.self, from: data)
        return checkpoint?.form == 1 ? checkpoint : nil
    }

    func write(in folder: WorkFolder) throws {
        guard let opened = try folder.opened() else { throw RecordDamaged() }
        let file = DurableFile(Self.name, in: opened)
        try file.write(JSONLine.encode(self))
        try file.giveFinalName()
    }
}
