/// What a stream of bytes is, by its first bytes. Names never decide.
package enum ContentKind: String, Sendable, Equatable, Codable {
    case empty
    case gzip, zstd, xz, bzip2, lz4
    case tar, zip, sevenZip = "7z"
    case text
    // Known, and refused with the reason.
    case parquet, postgresCustomDump, xbstream, mysqlBinlog, html, xml, bson, bsonDocuments, qpress, sqlite, utf32,
        program, stubbedZip
    case unknownBinary

    /// Bytes that `init(firstBytes:)` wants to see, where there are as many.
    package static let bytesNeeded = 1024

    package init(firstBytes bytes: UnsafeRawBufferPointer) {
        func has(_ text: String, at offset: Int = 0) -> Bool {
            unsafe bytes.count >= offset + text.utf8.count
                && bytes[offset...].prefix(text.utf8.count).elementsEqual(text.utf8)
        }
        func has(_ magic: [UInt8]) -> Bool { unsafe bytes.starts(with: magic) }

        if unsafe bytes.isEmpty {
            self = .empty
        } else if unsafe has([0x1F, 0x8B]) || (bytes.count == 1 && bytes[0] == 0x1F) {
            self = .gzip  // cut to its first byte, it still is one
        } else if unsafe has([0x28, 0xB5, 0x2F, 0xFD])
            || (bytes.count >= 4 && bytes[0] & 0xF0 == 0x50 && has2A4D18(bytes))
        {
            self = .zstd
        } else if has([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) {
            self = .xz
        } else if has("BZh") && bytes.count >= 10
            && Self.bzip2Blocks.contains(where: { unsafe bytes[4...].starts(with: $0) })
        {
            self = .bzip2
        } else if has([0x04, 0x22, 0x4D, 0x18]) {
            self = .lz4
        } else if has("PK\u{3}\u{4}") || has("PK\u{5}\u{6}") || has("PK00PK\u{3}\u{4}") {
            self = .zip
        } else if has([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
            self = .sevenZip
        } else if has("PAR1") || has("PARE") {
            self = .parquet
        } else if has("PGDMP") {
            self = .postgresCustomDump
        } else if has("XBSTCK01") {
            self = .xbstream
        } else if has([0xFE, 0x62, 0x69, 0x6E]) {
            self = .mysqlBinlog
        } else if has("qpress10") {
            self = .qpress
        } else if has("SQLite format 3\0") {
            self = .sqlite
        } else if has([0x6D, 0xE2, 0x99, 0x81]) {
            self = .bson
        } else if has([0xFF, 0xFE, 0, 0]) || has([0, 0, 0xFE, 0xFF]) {
            self = .utf32
        } else if unsafe Self.isProgram(bytes) {
            self = .program
        } else if unsafe Self.isTarHeader(bytes) || has("ustar", at: 257) || Self.isTarEnd(bytes) {
            self = .tar  // with a wrong checksum, it still is one
        } else if unsafe Self.isBSON(bytes) {
            self = .bsonDocuments
        } else {
            self = unsafe Self.textKind(bytes)
        }
    }

    /// POSIX: the header's checksum is the sum of its 512 bytes, its own field counted as spaces.
    private static func isTarHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 512, unsafe bytes[0] != 0 else { return false }
        let field = unsafe bytes[148 ..< 156]
        let octal = unsafe field.drop { $0 == 0x20 }.prefix { (0x30 ... 0x37).contains($0) }
        guard unsafe !octal.isEmpty else { return false }
        let stated = unsafe octal.reduce(0) { $0 * 8 + Int($1 - 0x30) }
        let sum = unsafe bytes[..<512].reduce(0) { $0 + Int($1) } - field.reduce(0) { $0 + Int($1) } + 8 * 0x20
        return stated == sum
    }

    /// A tar of nothing is zero blocks.
    static func isTarEnd(_ bytes: UnsafeRawBufferPointer) -> Bool {
        unsafe bytes.count >= 512 && bytes.allSatisfy { $0 == 0 }
    }

    private static func textKind(_ bytes: UnsafeRawBufferPointer) -> ContentKind {
        var text = unsafe bytes[...]
        if unsafe text.starts(with: [0xEF, 0xBB, 0xBF]) { unsafe text = unsafe text.dropFirst(3) }
        unsafe text = unsafe text.drop { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        let head = unsafe String(decoding: text.prefix(64), as: UTF8.self).lowercased()
        if head.hasPrefix("<!doctype html") || head.hasPrefix("<html") { return .html }
        if head.hasPrefix("<?xml") || head.hasPrefix("<error>") { return .xml }
        let isUTF16 = unsafe bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        let whole = unsafe bytes.dropLast(bytes.count < bytesNeeded ? 0 : 4)  // the last character may be cut
        if unsafe whole.contains(0) && !isUTF16 && String(validating: whole, as: UTF8.self) == nil {
            return .unknownBinary
        }
        return .text
    }
}

/// Skippable zstd frames begin with 0x184D2A5?, little-endian.
private func has2A4D18(_ bytes: UnsafeRawBufferPointer) -> Bool {
    unsafe bytes[1] == 0x2A && bytes[2] == 0x4D && bytes[3] == 0x18
}

extension ContentKind {
    /// What it is called, for people; for refused kinds, with what to do instead.
    package var explanation: String {
        switch self {
        case .empty: "empty"
        case .parquet: "a Parquet file, and another format was asked for"
        case .postgresCustomDump:
            "a pg_dump custom-format archive; run `pg_restore -f dump.sql FILE` and convert dump.sql"
        case .xbstream:
            "a physical backup (xbstream); restore it with `xbstream -x` and `xtrabackup --prepare`, then dump it"
        case .qpress:
            "a qpress archive of a physical backup; unpack it with `qpress -do` and restore it with xtrabackup"
        case .mysqlBinlog: "a MySQL binary log, and another format was asked for"
        case .bson: "a MongoDB archive; restore it with `mongorestore --archive`"
        case .bsonDocuments:
            "a collection of MongoDB (BSON), which is not converted; `bsondump FILE` writes it as lines of JSON"
        case .sqlite: "an SQLite database, which is not converted; export its tables with `sqlite3 -header -csv`"
        case .utf32: "text in UTF-32; convert it with `iconv -f UTF-32 -t UTF-8` first"
        case .program: "a program or a self-extracting archive; unpack it first"
        case .stubbedZip:
            "a zip with something in front of it (a self-extracting archive?); unpack it with `unzip FILE` first"
        case .html: "an HTML page, not an export (an error page saved by the download?)"
        case .xml: "an XML document, not an export (an expired link's error saved by the download? fetch it again)"
        case .unknownBinary: "binary data of no known format"
        default: "\(rawValue)"
        }
    }

    package var isCompression: Bool { [.gzip, .zstd, .xz, .bzip2, .lz4].contains(self) }
    package var isArchive: Bool { [.tar, .zip, .sevenZip].contains(self) }
}
