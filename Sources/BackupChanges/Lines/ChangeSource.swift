import BackupRows

/// Where the rows of an event come from, as JSON up to their number and after it.
///
///     {"db":"shop","table":"orders","server_id":7,"gtid":null,"file":"mysql-bin.000054","pos":532,"row":
///     ,"thread":8,"query":null}
struct ChangeSource {
    var timestamp: UInt32 = 0
    var position = 0
    /// The log's name, as a JSON string.
    private(set) var file: [UInt8] = []
    private(set) var head: [UInt8] = []
    private(set) var tail: [UInt8] = []

    init() {}

    /// `query`: as a JSON string.
    init(
        _ change: LoggedChange, database: String?, table: String?, gtid: String?, file: String, thread: Int?,
        query: [UInt8]?
    ) {
        (timestamp, position) = (change.timestamp, change.position)
        self.file = JSONText.string(file)
        let null = Array("null".utf8)
        head = Array("{\"db\":".utf8)
        head += database.map { JSONText.string($0) } ?? null
        head += Array(",\"table\":".utf8)
        head += table.map { JSONText.string($0) } ?? null
        head += Array(",\"server_id\":\(change.serverID),\"gtid\":".utf8)
        head += gtid.map { JSONText.string($0) } ?? null
        head += Array(",\"file\":".utf8) + self.file
        head += Array(",\"pos\":\(change.position),\"row\":".utf8)
        tail = Array(",\"thread\":\(thread.map(String.init) ?? "null"),\"query\":".utf8)
        tail += query ?? null
        tail.append(UInt8(ascii: "}"))
    }
}
