/// A log without checksums that is written event by event.
struct HandmadeLog {
    private(set) var bytes: [UInt8] = [0xFE, 0x62, 0x69, 0x6E]

    /// Begins with the event that describes the format of MySQL 8.0.
    init() {
        var server = Array("8.0.36".utf8)
        server += Array(repeating: 0, count: 50 - server.count)
        let lengths: [UInt8] = [0, 13, 0, 8] + Array(repeating: 0, count: 38)
        add(15, [4, 0] + server + [0, 0, 0, 0, 19] + lengths + [0] + [0, 0, 0, 0])
    }

    /// Any event.
    mutating func add(_ kind: UInt8, _ body: [UInt8]) {
        let start = bytes.count, end = start + 19 + body.count
        bytes += [1, 0, 0, 0, kind, 1, 0, 0, 0] + Self.number(19 + body.count, 4) + Self.number(end, 4) + [0, 0]
        bytes += body
    }

    /// Maps the number 7 to `dev.t`, whose columns are of these types; `sizes`: what types say beside their codes.
    mutating func addMap(_ types: [UInt8], sizes: [UInt8] = []) {
        var body = Self.number(7, 6) + [1, 0, 3] + Array("dev".utf8) + [0, 1] + Array("t".utf8) + [0]
        body += [UInt8(types.count)] + types + [UInt8(sizes.count)] + sizes
        add(19, body + Array(repeating: 0xFF, count: (types.count + 7) / 8))
    }

    /// Rows that are inserted into that table, of which these columns are `present`; their statement ends.
    mutating func addInserts(_ columns: Int, present: [UInt8], _ rows: [UInt8]) {
        add(30, Self.number(7, 6) + [1, 0, 2, 0, UInt8(columns)] + present + rows)
    }

    static func number(_ value: Int, _ length: Int) -> [UInt8] {
        (0 ..< length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
