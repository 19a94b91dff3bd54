import BackupRows

/// Whether the first bytes of a file are SQL.
package enum SQLHead {
    /// false: no statement ends in these first bytes of a file, or the first one does not begin with a word or a
    /// comment.
    package static func mayBeSQL(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = unsafe bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) else { return true }
        let isStart =
            (UInt8(ascii: "A") ... UInt8(ascii: "Z")).contains(first & 0xDF) || "-/#(;\\`".utf8.contains(first)
        return unsafe isStart
            && (bytes.contains(UInt8(ascii: ";")) || bytes.count >= 4096 || "-/#".utf8.contains(first))
    }

    /// Whether a table is declared in these first bytes.
    package static func declaresTables(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let plain = unsafe UnicodeMark.plainHead(bytes) ?? Array(bytes)
        return String(decoding: plain, as: UTF8.self).uppercased().contains("CREATE TABLE")
    }

    /// Whether the text begins as SQL does.
    package static func looksLikeSQL(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var text = unsafe String(decoding: bytes.prefix(4096), as: UTF8.self)[...]
        if text.first == "\u{FEFF}" { text = text.dropFirst() }
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.drop(while: \.isWhitespace)
            if line.isEmpty || line.hasPrefix("--") || line.hasPrefix("#") { continue }
            if line.hasPrefix("/*") || line.hasPrefix("\\restrict ") || line.hasPrefix("\\connect ") { return true }
            let words = line.split(whereSeparator: { !$0.isLetter }).prefix(2).map { $0.uppercased() }
            let starts: [[String]] = [
                ["CREATE", "TABLE"], ["CREATE", "DATABASE"], ["CREATE", "SCHEMA"], ["INSERT", "INTO"],
                ["INSERT", "IGNORE"], ["REPLACE", "INTO"],
                ["DROP", "TABLE"], ["DROP", "DATABASE"], ["LOCK", "TABLES"], ["SET", "NAMES"], ["BEGIN"],
                ["START", "TRANSACTION"], ["USE"], ["COPY"],
                ["SET"], ["ALTER", "TABLE"], ["CREATE", "TYPE"], ["CREATE", "EXTENSION"], ["SELECT", "pg"],
            ]
            return line.contains(";") && starts.contains { words.starts(with: $0) }
                || (words.first == "CREATE" && words.count == 2 && words[1] == "TABLE")
                || (words.starts(with: ["INSERT", "INTO"]))
        }
        return false
    }
}
