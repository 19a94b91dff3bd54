import BackupBytes
import Foundation

/// The part files that a run has begun, a path a line, each noted before the file is made: what another run may remove.
/// Gone when the run is complete.
final class PartJournal {
    static let name = ".sluice.files"
    private let descriptor: Int32
    private let path: String

    /// `continues`: after the paths that an earlier run has noted.
    init(in folder: OutputDirectory, continues: Bool) throws {
        path = folder.full(Self.name)
        guard continues, let text = try folder.contents(of: Self.name) else {
            descriptor = try folder.create(Self.name)
            return
        }
        descriptor = try folder.open(Self.name, O_WRONLY | O_APPEND)
        // A kill may have cut the last line off.
        let end = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        if end < text.count, ftruncate(descriptor, off_t(end)) != 0 { throw LakeError.output("cut", path, errno) }
    }

    deinit { close(descriptor) }

    func add(_ part: String) throws {
        try Array("\(part)\n".utf8).withUnsafeBytes { try LakeError.write($0, to: descriptor, path) }
    }

    /// The paths of whole lines, those that no run can have noted left out.
    static func paths(in folder: OutputDirectory) throws -> [String] {
        let text = try folder.contents(of: name) ?? Data()
        let whole = text.prefix(upTo: text.lastIndex(of: UInt8(ascii: "\n")) ?? text.startIndex)
        return whole.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }.filter(
            PartPath.isValid)
    }

    static func remove(in folder: OutputDirectory) throws { try folder.remove(name) }
}
