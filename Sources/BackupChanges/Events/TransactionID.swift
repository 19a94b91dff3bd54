/// What identifies a transaction: a GTID, as the server prints it, or an XID.
enum TransactionID {
    /// The body of GTID_LOG_EVENT: `3e11fa47-71ca-11e1-9e33-c80aa9429562:23`.
    static func gtid(_ body: EventBytes) throws(ChangeError) -> String {
        var rest = body
        try rest.skip(1)
        let server = try uuid(try rest.take(16).array)
        return "\(server):\(try rest.int(8))"
    }

    /// The body of GTID_TAGGED_LOG_EVENT, in MySQL's serialization format: fields by number, numbers of 1 to 9 bytes.
    static func tagged(_ body: EventBytes) throws(ChangeError) -> String? {
        var rest = body, server = "", number = 0, tag = ""
        for _ in 0 ..< 3 { _ = try variable(&rest) }  // version, size, the last field that must be known
        while !rest.isEmpty {
            switch try variable(&rest) {
            case 0: _ = try variable(&rest)
            case 1:
                var bytes: [UInt8] = []
                for _ in 0 ..< 16 { bytes.append(UInt8(truncatingIfNeeded: try variable(&rest))) }
                server = try uuid(bytes)
            case 2:
                let value = try variable(&rest)
                number = Int(truncatingIfNeeded: value >> 1) ^ -Int(truncatingIfNeeded: value & 1)
            case 3:
                let length = try variable(&rest)
                tag = try rest.text(Int(clamping: length))
                return "\(server):\(tag.isEmpty ? "" : "\(tag):")\(number)"
            default: throw .damaged("the fields of a tagged GTID are not in order")
            }
        }
        throw .damaged("a tagged GTID lacks its tag")
    }

    /// The body of MariaDB's GTID_EVENT: `0-7-28`.
    struct Maria {
        var gtid: String
        var flags: UInt8
        /// Of the XA transaction that it prepares or ends.
        var xid: String?

        /// The group is this one event and the next: there is no COMMIT.
        var isStandalone: Bool { flags & 0x01 != 0 }
        var preparesXA: Bool { flags & 0x40 != 0 }
        var endsXA: Bool { flags & 0x80 != 0 }

        init(_ body: EventBytes, serverID: UInt32) throws(ChangeError) {
            var rest = body
            let sequence = try rest.number(8), domain = try rest.number(4)
            flags = try rest.byte()
            gtid = "\(domain)-\(serverID)-\(sequence)"
            if flags & 0x02 != 0 { try rest.skip(8) }
            if flags & 0xC0 != 0 {
                let format = try rest.number(4), first = Int(try rest.byte()), second = Int(try rest.byte())
                xid = TransactionID.xid(
                    format: format, try rest.take(first).array, try rest.take(second).array)
            }
        }
    }

    /// The body of XA_PREPARE_LOG_EVENT; `isOnePhase`: it commits as well.
    static func xaPrepare(_ body: EventBytes) throws(ChangeError) -> (xid: String, isOnePhase: Bool) {
        var rest = body
        let isOnePhase = try rest.byte() != 0
        let format = try rest.number(4), first = try rest.int(4), second = try rest.int(4)
        let xid = xid(format: format, try rest.take(first).array, try rest.take(second).array)
        return (xid, isOnePhase)
    }

    /// One text for each XID.
    static func xid(format: UInt64, _ global: [UInt8], _ branch: [UInt8]) -> String {
        "X'\(hex(global))',X'\(hex(branch))',\(format)"
    }

    private static func uuid(_ bytes: [UInt8]) throws(ChangeError) -> String {
        guard bytes.count == 16 else { throw .damaged("a GTID without a server's UUID") }
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func hex(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Ones at the low end of the first byte count the bytes that follow it.
    private static func variable(_ rest: inout EventBytes) throws(ChangeError) -> UInt64 {
        try rest.check(1)
        let first = rest[0], more = (~first).trailingZeroBitCount
        if more == 8 {
            try rest.skip(1)
            return try rest.number(8)
        }
        if more == 7 {
            try rest.skip(1)
            return try rest.number(7)
        }
        return try rest.number(more + 1) >> UInt64(more + 1)
    }
}
