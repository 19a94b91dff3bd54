/// MariaDB's types that lie in a BINARY.
extension ValueWriter {
    func putAddress(_ form: ValueForm, _ row: inout EventBytes) throws(ChangeError) {
        let value = try row.take(try row.int(1)).array
        switch form {
        case .inet4:
            let bytes = value + Array(repeating: 0, count: max(0, 4 - value.count))
            try out.append(Array("\"\(bytes.prefix(4).map(String.init).joined(separator: "."))\"".utf8))
        case .inet6:
            let bytes = value + Array(repeating: 0, count: max(0, 16 - value.count))
            try out.append(Array("\"\(Self.inet6(bytes))\"".utf8))
        default:
            let bytes = value + Array(repeating: 0, count: max(0, 16 - value.count))
            try out.append(Array("\"\(Self.uuid(bytes))\"".utf8))
        }
    }

    /// Groups in hexadecimal, the longest run of zeros as `::`, the last four bytes in decimal where they are an IPv4
    /// address.
    private static func inet6(_ bytes: [UInt8]) -> String {
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        var best = 0 ..< 0, index = 0
        while index < 8 {
            guard groups[index] == 0 else {
                index += 1
                continue
            }
            let end = groups[index...].firstIndex { $0 != 0 } ?? 8
            if end - index > max(1, best.count) { best = index ..< end }
            index = end
        }
        let isIPv4 = best.lowerBound == 0 && (best.upperBound == 6 || best.upperBound == 5 && groups[5] == 0xFFFF)
        func text(_ range: Range<Int>) -> String {
            range.map { String(groups[$0], radix: 16) }.joined(separator: ":")
        }
        if isIPv4 {
            let last = bytes[12...].map(String.init).joined(separator: ".")
            return "::" + (best.upperBound == 5 ? "ffff:" : "") + last
        }
        if best.isEmpty { return text(0 ..< 8) }
        return text(0 ..< best.lowerBound) + "::" + text(best.upperBound ..< 8)
    }

    /// MariaDB stores a UUID of versions 1 to 5 with its segments from the last to the first, so that those of one node
    /// lie together; from 10.11.5 on others, and those without the variant of RFC 4122, as they are (sql_type_uuid.h).
    private static func uuid(_ bytes: [UInt8]) -> String {
        // Byte 6 is the variant's and byte 8 the version's where the segments are swapped.
        let isSwapped = bytes[6] >= 0x80 && (1 ... 0x80).contains(bytes[8])
        let order =
            isSwapped
            ? [12, 13, 14, 15, 10, 11, 8, 9, 6, 7, 0, 1, 2, 3, 4, 5] : Array(0 ..< 16)
        let digits = order.map { index -> String in
            let text = String(bytes[index], radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        let groups = [0 ..< 4, 4 ..< 6, 6 ..< 8, 8 ..< 10, 10 ..< 16]
        return groups.map { digits[$0].joined() }.joined(separator: "-")
    }
}
