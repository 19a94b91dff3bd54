import BackupArchives
import BackupBytes
import BackupTables
import Crypto
import Foundation

/// From where an unfinished run is gone on with. One is made every few seconds, always between two rows:
///
///     1. what was written to the part files and to the logs of the work folder reaches the disk   (syncfs)
///     2. the checkpoint is written beside the one before, and reaches the disk                     (fsync)
///     3. it takes the place of the one before                                                      (rename, fsync of the folder)
///
/// So whenever the process or the machine stops, one checkpoint is whole, and all that it counts on is on disk. What
/// was written after it is cut off by the run that goes on, and made again from the input, byte for byte.
struct Checkpoint: Codable {
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
}

/// In its file: a line with the version of the form and the SHA-256 of what follows, and then JSON.
///
/// The checksum finds what chance has changed. Whoever means harm can make another one: so numbers are held to bounds
/// here, and every state is checked where it is taken up.
extension Checkpoint {
    private static let title = "sluice checkpoint 2 "

    /// nil where there is none.
    static func read(in folder: WorkFolder) throws -> Checkpoint? {
        guard let opened = try folder.opened(), let data = try opened.contents(of: name) else { return nil }
        func refusal(_ why: String) -> ExportError {
            ExportError(
                .outputExists, why: "the unfinished run cannot be resumed: \(opened.full(name)) \(why)",
                advice: "see --overwrite")
        }
        guard let end = data.firstIndex(of: UInt8(ascii: "\n")) else { throw refusal("is damaged") }
        let head = String(decoding: data[..<end], as: UTF8.self), body = data[(end + 1)...]
        guard head.hasPrefix(title) else { throw refusal("is damaged, or of another version") }
        guard head == title + Hex.text(SHA256.hash(data: body)) else { throw refusal("is damaged") }
        guard let checkpoint = try? JSONDecoder().decode(Checkpoint.self, from: body),
            let tree = try? JSONSerialization.jsonObject(with: body),
            hasBoundedNumbers(tree)
        else { throw refusal("holds what no run has written") }
        return checkpoint
    }

    /// Counts and offsets: none is negative, and none so large that sums of them overflow. Only hashes use all 64 bits.
    private static func hasBoundedNumbers(_ tree: Any, key: String = "") -> Bool {
        switch tree {
        case let object as [String: Any]: object.allSatisfy { hasBoundedNumbers($0.value, key: $0.key) }
        case let list as [Any]: list.allSatisfy { hasBoundedNumbers($0, key: key) }
        case let number as NSNumber:
            ["a", "b", "c", "d", "checksum"].contains(key)
                || (0 ... Double(RecordReader.bound)).contains(number.doubleValue)
        default: true
        }
    }

    func write(in folder: WorkFolder) throws {
        guard let opened = try folder.opened() else { throw RecordDamaged() }
        let body = try JSONLine.encode(self), file = DurableFile(Self.name, in: opened)
        try file.write(Data("\(Self.title)\(Hex.text(SHA256.hash(data: body)))\n".utf8) + body)
        try file.giveFinalName()
    }
}
