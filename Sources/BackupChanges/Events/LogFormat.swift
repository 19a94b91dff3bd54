/// What a FORMAT_DESCRIPTION event says of the events after it.
struct LogFormat: Codable, Sendable {
    /// `8.0.36`, `10.11.19-MariaDB-log`.
    var server = ""
    var isMariaDB = false
    /// Every event ends with the CRC32 of its bytes.
    var hasChecksums = false
    /// The server was started when this log was begun: what an earlier log left open was rolled back.
    var beginsWithServer = false
    /// By number of the event type, less one: bytes of the fixed part of its body.
    private var fixedLengths: [UInt8] = []

    init() {}

    /// The body, still with the algorithm of the checksum and a checksum at its end where its server writes them.
    init(_ body: EventBytes) throws(ChangeError) {
        var rest = body
        let version = try rest.int(2)
        guard version == 4 else {
            throw .unsupported("it is a log of format \(version), which servers before MySQL 5.0 write")
        }
        server = try rest.take(50).string
        server = String(server.prefix { $0 != "\0" })
        isMariaDB = server.contains("MariaDB")
        beginsWithServer = try rest.number(4) != 0
        let headerLength = try rest.byte()
        guard Int(headerLength) == LogEvent.headerLength else {
            throw .damaged("its events have headers of \(headerLength) bytes, where \(LogEvent.headerLength) belong")
        }
        guard Self.writesAlgorithm(server) else {
            fixedLengths = rest.array
            return
        }
        try rest.check(5)
        fixedLengths = try rest.take(rest.count - 5).array
        switch try rest.byte() {
        case 0, 255: hasChecksums = false
        case 1: hasChecksums = true
        case let other: throw .unsupported("its checksums are of a kind that is not known: \(other)")
        }
    }

    /// MySQL from 5.6.1 on, and MariaDB from 5.3 on, say which checksum events have.
    static func writesAlgorithm(_ server: String) -> Bool {
        let numbers = server.split(separator: ".", maxSplits: 2).map { Int($0.prefix(while: \.isNumber)) ?? 0 }
        let version = (numbers + [0, 0, 0]).prefix(3).reduce(0) { $0 * 1000 + min($1, 999) }
        return version >= (server.contains("MariaDB") ? 5_003_000 : 5_006_001)
    }

    /// Bytes of a table's number in its rows and maps: logs of early 5.1 have shorter ones.
    func tableIDLength(_ kind: UInt8) -> Int {
        let index = Int(kind) - 1
        return fixedLengths.indices.contains(index) && fixedLengths[index] == 6 ? 4 : 6
    }
}
