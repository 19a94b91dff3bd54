import BackupTables
import Foundation

/// Rows put aside: one JSON object a line with table, entry, row, byte offset, reason, column and the raw text (base64 where it is not UTF-8).
final class Rejects {
    private let path: String
    private let limit: Int?
    private let handle: FileHandle
    private(set) var count = 0

    /// How far the file was at a checkpoint.
    struct Place: Codable {
        var bytes: Int
        var count: Int
    }

    /// `place`: how far an earlier run was; what it has written after that is cut off.
    init(path: String, limit: Int?, at place: Place? = nil) throws {
        self.path = path
        self.limit = limit
        if let place { count = place.count }
        guard place != nil || FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path) else {
            throw ExportError(.outputFailed, why: "cannot write the rejects file \(path)")
        }
        self.handle = handle
        if let place { try handle.truncate(atOffset: UInt64(place.bytes)) }
    }

    func add(_ fault: RowFault, table: TableName, entry: String) throws {
        count += 1
        if let limit, count > limit {
            throw ExportError(.tooManyRejects, entry: entry, table: table, row: fault.row, why: "more than \(limit) rows were rejected", advice: "see \(path), --max-rejects")
        }
        let text = String(validating: fault.record, as: UTF8.self)
        let line = Line(
            table: table.description, entry: entry, row: fault.row, offset: fault.offset, column: fault.column, reason: fault.code.reason,
            detail: fault.detail, raw: text, raw_base64: text == nil ? Data(fault.record).base64EncodedString() : nil)
        try handle.write(contentsOf: JSONLine.encode(line))
    }

    /// All of it so far, on the disk.
    func place() throws -> Place {
        try handle.synchronize()
        return Place(bytes: Int(try handle.offset()), count: count)
    }

    func finish() throws { try handle.close() }

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

enum JSONLine {
    /// One object on one line, keys in alphabetical order.
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + Data("\n".utf8)
    }
}
