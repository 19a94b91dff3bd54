import BackupBytes
import Crypto
import Foundation

/// From where an unfinished run is resumed. One is made every few seconds, always between two rows:
///
///     1. the part files and the logs of the work folder reach the disk                           (syncfs)
///     2. the checkpoint is written beside the one before, and reaches the disk                   (fsync)
///     3. it replaces the one before                                       (rename, fsync of the folder)
///
/// So whenever the process or the machine stops, one checkpoint is whole, and all that it counts on is on disk. What
/// was written after it is cut off by the run that resumes, and made again from the input, byte for byte.
///
/// In its file: a line with the number of the form and the SHA-256 of what follows, and then JSON: where the log of
/// part files ends, and the state of the conversion.
///
/// The checksum finds accidental changes. A forged file can have a right one: so numbers are held to bounds here, and
/// every state is checked where it is used.
package struct Checkpoint: Sendable {
    static let name = "checkpoint"
    private static let title = "sluice checkpoint 5 "

    /// Where the log of part files ends.
    let outputs: Int
    private let body: Data
    /// As errors name the file.
    private let path: String

    fileprivate struct Form<State> {
        var outputs: Int
        var state: State
    }

    /// What the conversion had to remember.
    package func state<State: Decodable>(_ type: State.Type = State.self) throws -> State {
        guard let form = try? JSONDecoder().decode(Form<State>.self, from: body) else {
            throw Self.refusal(path, "holds what no run has written")
        }
        return form.state
    }

    /// nil where there is none.
    static func read(in folder: WorkFolder) throws -> Checkpoint? {
        guard let opened = try folder.opened(), let data = try opened.contents(of: name) else { return nil }
        let path = opened.full(name)
        guard let end = data.firstIndex(of: UInt8(ascii: "\n")) else { throw refusal(path, "is damaged") }
        let head = String(decoding: data[..<end], as: UTF8.self), body = data[(end + 1)...]
        guard head.hasPrefix(title) else { throw refusal(path, "is damaged, or of another version") }
        guard head == title + Hex.text(SHA256.hash(data: body)) else { throw refusal(path, "is damaged") }
        guard let tree = try? JSONSerialization.jsonObject(with: body), hasBoundedNumbers(tree),
            let outputs = (tree as? [String: Any])?["outputs"] as? Int
        else { throw refusal(path, "holds what no run has written") }
        return Checkpoint(outputs: outputs, body: body, path: path)
    }

    static func write(_ state: some Encodable, outputs: Int, in folder: WorkFolder) throws {
        guard let opened = try folder.opened() else { throw RecordDamaged() }
        let body = try JSONLine.encode(Form(outputs: outputs, state: state)),
            file = DurableFile(name, in: FolderStore(opened))
        try file.write(Data("\(title)\(Hex.text(SHA256.hash(data: body)))\n".utf8) + body)
        try file.giveFinalName()
    }

    private static func refusal(_ path: String, _ why: String) -> LakeError {
        LakeError(
            .outputExists, why: "the unfinished run cannot be resumed: \(path) \(why)", remedy: "see \(.replacesOutput)"
        )
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
}

extension Checkpoint.Form: Encodable where State: Encodable {}
extension Checkpoint.Form: Decodable where State: Decodable {}
