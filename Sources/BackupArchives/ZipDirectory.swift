import BackupBytes

/// What a zip says at its end of what it holds (APPNOTE 4.3.12 to 4.3.16): how many entries, and where they are listed.
struct ZipDirectory {
    var entries: Int
    var size: Int
    var start: Int
    /// Where the end record lies in the bytes it was found in.
    var record: Int
    var isZip64: Bool

    /// The end record takes 22 bytes, and a comment at most 65,535.
    static let tailLength = 22 + 65_535 + 20 + 56

    /// Reads the end record in the last bytes of a zip, which begin at `offset` of it; nil where there is none.
    init?(tail: [UInt8], at offset: Int) {
        guard let record = Self.endRecord(in: tail) else { return nil }
        self.record = record
        entries = Self.number(tail, at: record + 10, bytes: 2)
        size = Self.number(tail, at: record + 12, bytes: 4)
        start = Self.number(tail, at: record + 16, bytes: 4)
        // In front of it a locator of 20 bytes says where the record with 64-bit numbers is.
        isZip64 = record >= 20 && tail[(record - 20)...].starts(with: [0x50, 0x4B, 0x06, 0x07])
        guard isZip64, let wide = Int(exactly: Self.wide(tail, at: record - 12)), wide >= offset,
            wide - offset + 56 <= record
        else { return }
        let at = wide - offset
        guard tail[at...].starts(with: [0x50, 0x4B, 0x06, 0x06]) else { return }
        entries = Int(clamping: Self.wide(tail, at: at + 32))
        size = Int(clamping: Self.wide(tail, at: at + 40))
        start = Int(clamping: Self.wide(tail, at: at + 48))
    }

    /// Nothing is known of the number of entries: it does not fit, and the record that has it is not at hand.
    var countsEntries: Bool { entries != 0xFFFF || !isZip64 }

    /// The last signature whose comment ends with the file; else the last one.
    private static func endRecord(in tail: [UInt8]) -> Int? {
        var last: Int?
        for index in tail.indices.reversed()
        where tail[index] == 0x50 && tail.count >= index + 22 && tail[index...].starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            if index + 22 + number(tail, at: index + 20, bytes: 2) == tail.count { return index }
            last = last ?? index
        }
        return last
    }

    /// A local header is 30 bytes, a name and extra fields of at most 65,535 bytes each.
    static let longestLocalHeader = 30 + 2 * 65_535

    /// The name in a local header (APPNOTE 4.3.7) that ends with these bytes.
    static func name(inHeaderAtEndOf bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 30 else { return nil }
        for index in (0 ... bytes.count - 30).reversed()
        where bytes[index] == 0x50 && bytes[index...].starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            let name = number(bytes, at: index + 26, bytes: 2), extra = number(bytes, at: index + 28, bytes: 2)
            if index + 30 + name + extra == bytes.count { return Array(bytes[index + 30 ..< index + 30 + name]) }
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], at index: Int, bytes count: Int) -> Int {
        bytes[index ..< index + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func wide(_ bytes: [UInt8], at index: Int) -> UInt64 {
        bytes[index ..< index + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension ZipDirectory {
    /// Entries that are listed, counted as far as one past `limit`: libarchive keeps the whole list in memory, whatever
    /// the record says.
    func count(in file: any SeekableByteSource, limit: Int) throws -> Int {
        let slab = Slab()
        var at = start, count = 0
        while count <= limit {
            if slab.count < 46 {
                slab.reset()
                while slab.end < 46, case let more = try unsafe file.read(at: at + slab.end, into: slab.room), more > 0
                { slab.end += more }
                if slab.count < 46 { break }
            }
            let header = unsafe slab.bytes
            guard unsafe header.starts(with: [0x50, 0x4B, 0x01, 0x02]) else { break }
            let length = 46 + [28, 30, 32].reduce(0) { unsafe $0 + Int(header[$1]) + Int(header[$1 + 1]) << 8 }
            let isEmpty = unsafe header[24 ..< 28].allSatisfy { $0 == 0 },
                hasChecksum = unsafe header[16 ..< 20].contains { $0 != 0 }
            if isEmpty && hasChecksum {
                throw ArchiveFault.damaged(
                    format: "zip", why: "an entry of no bytes has the checksum of some", offset: at)
            }
            count += 1
            at += length
            if length <= slab.count { slab.start += length } else { slab.reset() }
        }
        return count
    }
}
