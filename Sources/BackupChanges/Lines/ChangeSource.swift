import BackupRows
import CBackupKernels

/// Where the rows of an event come from, as JSON around its position and the number of the row. It is made once for
/// the rows of a table in a transaction.
///
///     {"db":"shop","table":"orders","server_id":7,"gtid":null,"file":"mysql-bin.000054","pos": 532 ,"row": 0
///     ,"thread":8,"query":null}
struct ChangeSource {
    var timestamp: UInt32 = 0
    var position = 0
    /// The log's name, as a JSON string.
    private(set) var file: [UInt8] = []
    private(set) var head: [UInt8] = []
    private(set) var tail: [UInt8] = []

    init() {}

    /// `owner`: what `owner(_:_:)` makes. `file`: as a JSON string. `query`: the same, or `null`.
    init(
        _ change: LoggedChange, owner: [UInt8], gtid: String?, file: [UInt8], thread: Int?, query: [UInt8]
    ) {
        (timestamp, position) = (change.timestamp, change.position)
        self.file = file
        head.reserveCapacity(owner.count + file.count + 128)
        head += owner
        head.append(number: UInt64(change.serverID))
        head.append(text: ",\"gtid\":")
        if let gtid { head.append(json: gtid) } else { head.append(text: "null") }
        head.append(text: ",\"file\":")
        head += file
        head.append(text: ",\"pos\":")
        tail.reserveCapacity(query.count + 48)
        tail.append(text: ",\"thread\":")
        if let thread { tail.append(number: UInt64(thread)) } else { tail.append(text: "null") }
        tail.append(text: ",\"query\":")
        tail += query
        tail.append(UInt8(ascii: "}"))
    }

    /// The front of the JSON: whose rows they are.
    static func owner(_ database: String?, _ table: String?) -> [UInt8] {
        var text: [UInt8] = []
        text.append(text: "{\"db\":")
        if let database { text.append(json: database) } else { text.append(text: "null") }
        text.append(text: ",\"table\":")
        if let table { text.append(json: table) } else { text.append(text: "null") }
        text.append(text: ",\"server_id\":")
        return text
    }

    static let null = Array("null".utf8)
}

extension [UInt8] {
    /// ASCII alone.
    fileprivate mutating func append(text: StaticString) {
        unsafe append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    fileprivate mutating func append(number: UInt64) {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { room in
            guard let start = room.baseAddress else { return }
            unsafe append(contentsOf: UnsafeBufferPointer(start: start, count: bk_put_unsigned(number, start)))
        }
    }

    /// A JSON string.
    fileprivate mutating func append(json text: String) {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        guard isPlain else { return append(contentsOf: JSONText.string(text)) }
        append(UInt8(ascii: "\""))
        append(contentsOf: text.utf8)
        append(UInt8(ascii: "\""))
    }
}

extension EventBytes {
    /// Text as a JSON string; U+FFFD where it is no UTF-8.
    var json: [UInt8] {
        guard unsafe bk_utf8_valid_prefix(next, count) == count else { return JSONText.string(string) }
        return unsafe [UInt8](unsafeUninitializedCapacity: 6 * count + 2 + Int(BK_SLACK)) { out, length in
            guard let start = out.baseAddress else { return }
            unsafe start[0] = UInt8(ascii: "\"")
            let hasEscapes = unsafe Int(bk_copy_exactly(next, start + 1, count)) & BK_HAS_ESCAPES != 0
            let written = unsafe hasEscapes ? bk_escape_json(next, count, start + 1) : count
            unsafe start[written + 1] = UInt8(ascii: "\"")
            length = written + 2
        }
    }
}
