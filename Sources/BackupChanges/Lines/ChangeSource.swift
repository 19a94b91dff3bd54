import BackupBytes
import BackupRows
import CBackupKernels

/// Where the rows of an event come from, as JSON around the number of the row. It is made once for the rows of an
/// event, in memory that is used again.
///
///     {"db":"shop","table":"orders","server_id":7,"gtid":null,"file":"mysql-bin.000054","pos":532,"row": 0
///     ,"thread":8,"query":null}
@safe final class ChangeSource {
    private(set) var timestamp: UInt32 = 0
    private(set) var position = 0
    /// The log's name as a JSON string, and what comes before and after the number of the row: they lie in `text`.
    private(set) var file: EventBytes
    private(set) var head: EventBytes
    private(set) var tail: EventBytes
    private let text = LineText(pool: SlabPool(capacity: 64 * 1024, limit: 1))

    init() {
        let nothing = text.written(from: LineText.front)
        (file, head, tail) = (nothing, nothing, nothing)
    }

    /// `texts`: of the batch.
    func set(_ piece: ChangePiece, of table: ChangedTable, _ texts: EventBytes) throws(ChangeError) {
        text.truncate(to: LineText.front)
        try text.append(table.owner)
        try set(piece, texts)
    }

    /// Of a statement that changes tables.
    func set(definition piece: ChangePiece, _ texts: EventBytes) throws(ChangeError) {
        text.truncate(to: LineText.front)
        try text.append("{\"db\":")
        try append(json: piece.database, of: texts)
        try text.append(",\"table\":null,\"server_id\":")
        try set(piece, texts)
    }

    private func set(_ piece: ChangePiece, _ texts: EventBytes) throws(ChangeError) {
        (timestamp, position) = (piece.timestamp, piece.position)
        try text.append(digits: UInt64(piece.serverID))
        try text.append(",\"gtid\":")
        try append(json: piece.gtid, of: texts)
        try text.append(",\"file\":")
        let fileStart = text.end
        try append(json: piece.file, of: texts)
        let fileEnd = text.end
        try text.append(",\"pos\":")
        try text.append(number: piece.position)
        try text.append(",\"row\":")
        let headEnd = text.end
        try text.append(",\"thread\":")
        if let thread = piece.thread { try text.append(number: thread) } else { try text.append("null") }
        try text.append(",\"query\":")
        try append(json: piece.query, of: texts)
        try text.append(UInt8(ascii: "}"))
        let all = text.written(from: LineText.front)
        file = all[fileStart - LineText.front ..< fileEnd - LineText.front]
        head = all[0 ..< headEnd - LineText.front]
        tail = all[headEnd - LineText.front ..< all.count]
    }

    /// Text as a JSON string, U+FFFD where it is no UTF-8; nil: `null`.
    private func append(json range: Range<Int>?, of texts: EventBytes) throws(ChangeError) {
        guard let range else { return try text.append("null") }
        let value = texts[range]
        if try !text.appendString(value) { try text.append(JSONText.string(value.string)) }
    }

    /// The front of the JSON: whose rows they are.
    static func owner(_ table: TableName) -> [UInt8] {
        func json(_ name: String?) -> [UInt8] { name.map { JSONText.string($0) } ?? Array("null".utf8) }
        return Array("{\"db\":".utf8) + json(table.database) + Array(",\"table\":".utf8) + json(table.table)
            + Array(",\"server_id\":".utf8)
    }
}

extension EventBytes {
    /// A part of the bytes that is known to be there.
    subscript(range: Range<Int>) -> EventBytes { unsafe EventBytes(next + range.lowerBound, range.count) }
}
