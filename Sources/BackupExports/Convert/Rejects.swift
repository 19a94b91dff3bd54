import BackupLake
import BackupRows
import BackupText
import Crypto
import Foundation

/// Rejected rows: one JSON object a line with table, entry, row, byte offset, reason, column and the raw text (base64
/// where it is not UTF-8).
final class Rejects {
    private let file: SideFile
    private let limit: Int?
    private var bytes = 0
    private var hash = SHA256()
    private(set) var count = 0

    /// How far the file was at a checkpoint.
    struct ResumePoint: Codable {
        var bytes: Int
        var count: Int
        /// Of these bytes: another file, or a changed one, is not continued.
        var sha256: String
    }

    /// `point`: how far an earlier run was; what it has written after that is cut off.
    init(path: String, limit: Int?, at point: ResumePoint? = nil, isCancelled: () -> Bool = { false }) throws {
        self.limit = limit
        file = try SideFile(path: path, keeping: point != nil, isCancelled: isCancelled)
        if let point { try continues(at: point) }
    }

    private func continues(at point: ResumePoint) throws {
        (bytes, count) = (point.bytes, point.count)
        guard file.kind == .file else { return }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { room.deallocate() }
        var offset = 0
        while offset < bytes {
            let read = try file.read(into: .init(rebasing: room.prefix(bytes - offset)), at: offset)
            if read == 0 { break }
            hash.update(bufferPointer: .init(rebasing: room.prefix(read)))
            offset += read
        }
        guard Hex.text(hash.finalize()) == point.sha256 else {
            throw ExportError(
                .outputExists,
                why: "the unfinished run cannot be resumed: the rejects file \(file.path) is not what it was",
                remedy: "name the file of that run, or see \(.replacesOutput)")
        }
        try file.cut(to: bytes)
    }

    func add(_ fault: RowFault, table: TableName, entry: String) throws {
        count += 1
        if let limit, count > limit {
            throw ExportError(
                .tooManyRejects, entry: entry, table: table, row: fault.row,
                why: "more than \(limit) rows were rejected", remedy: "see \(file.path), \(.rejectLimit)")
        }
        let text = String(validating: fault.record, as: UTF8.self)
        let line = try JSONLine.encode(
            Line(
                table: table.description, entry: entry, row: fault.row, offset: fault.offset, column: fault.column,
                reason: fault.code.reason,
                detail: fault.detail, raw: text,
                raw_base64: text == nil ? Data(fault.record).base64EncodedString() : nil))
        try file.write(line)
        bytes += line.count
        hash.update(data: line)
    }

    /// All of it so far, on the disk.
    func resumePoint() throws -> ResumePoint {
        try file.sync()
        return ResumePoint(bytes: bytes, count: count, sha256: Hex.text(hash.finalize()))
    }

    private struct Line: Encodable {
        var table: String
        var entry: String
        var row: Int
        var offset: Int
        var column: String?
        var reason: String
        var detail: String
        var raw: String?
        var raw_base64: String?
    }
}
