import BackupBytes
import Foundation

/// The part files that a run has begun, a path a line, each noted before the file is made: what another run may remove.
/// Gone when the run is complete.
final class PartJournal {
    static let name = ".sluice.files"
    private let file: any LakeFile
    private var end: Int

    /// `continues`: after the paths that an earlier run has noted.
    init(in store: any LakeStore, continues: Bool) throws {
        let text = continues ? try store.contents(of: Self.name, limit: 1 << 30) : nil
        // A kill may have cut the last line off.
        let kept = text.map { text in text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0 }
        file = try store.openLog(Self.name, keeping: kept)
        end = kept ?? 0
    }

    func add(_ part: String) throws {
        let line = Array("\(part)\n".utf8)
        try LakeError.wrapping { try line.withUnsafeBytes { try file.write($0, at: end, isWaiting: false) } }
        end += line.count
    }

    /// The paths of whole lines, those that no run can have noted left out.
    static func paths(in store: any LakeStore) throws -> [String] {
        let text = try store.contents(of: name, limit: 1 << 30) ?? Data()
        let whole = text.prefix(upTo: text.lastIndex(of: UInt8(ascii: "\n")) ?? text.startIndex)
        return whole.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }.filter(
            PartPath.isValid)
    }

    static func remove(in store: any LakeStore) throws { try store.remove(name, .final) }
}
