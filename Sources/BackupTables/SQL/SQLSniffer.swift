/// What the first bytes of SQL text say about the family that wrote it.
package enum SQLSniffer {
    private static let mysqlSigns = [
        "-- MySQL dump", "-- MariaDB dump", "/*!", "/*M!", "`", "ENGINE=", "AUTO_INCREMENT", "REPLACE INTO", "LOCK TABLES", "SET NAMES", "DELIMITER ",
        "_binary '", "UNSIGNED", "tinyint", "datetime",
    ]
    private static let postgresSigns = [
        "-- PostgreSQL database", "\\restrict ", "\\connect ", "pg_catalog", "client_encoding", "standard_conforming_strings", "FROM stdin;",
        "ALTER TABLE ONLY", "OWNER TO", "character varying", "without time zone", "with time zone", "::", "CREATE SCHEMA", "CREATE DOMAIN", " bytea",
        "nextval(", "search_path", "CREATE EXTENSION", "jsonb", "CREATE TYPE",
    ]

    /// The family, with the signs that were found for it; nil where there are none.
    package static func family(_ bytes: UnsafeRawBufferPointer) -> (family: SQLDialect.Family, evidence: [String])? {
        let text = unsafe UnsafeRawBufferPointer(rebasing: bytes.prefix(64 * 1024))
        let mysql = mysqlSigns.filter { unsafe text.contains($0) }, postgres = postgresSigns.filter { unsafe text.contains($0) }
        if mysql.isEmpty && postgres.isEmpty { return nil }
        return mysql.count >= postgres.count ? (.mysql, mysql) : (.postgresql, postgres)
    }

    /// false: no statement ends in these first bytes of a file, or the first one does not begin with a word or a comment.
    package static func mayBeSQL(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = unsafe bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) else { return true }
        let isStart = (UInt8(ascii: "A") ... UInt8(ascii: "Z")).contains(first & 0xDF) || "-/#(;\\`".utf8.contains(first)
        return unsafe isStart && (bytes.contains(UInt8(ascii: ";")) || bytes.count >= 4096 || "-/#".utf8.contains(first))
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
                ["CREATE", "TABLE"], ["CREATE", "DATABASE"], ["CREATE", "SCHEMA"], ["INSERT", "INTO"], ["INSERT", "IGNORE"], ["REPLACE", "INTO"],
                ["DROP", "TABLE"], ["DROP", "DATABASE"], ["LOCK", "TABLES"], ["SET", "NAMES"], ["BEGIN"], ["START", "TRANSACTION"], ["USE"], ["COPY"],
                ["SET"], ["ALTER", "TABLE"], ["CREATE", "TYPE"], ["CREATE", "EXTENSION"], ["SELECT", "pg"],
            ]
            return line.contains(";") && starts.contains { words.starts(with: $0) } || (words.first == "CREATE" && words.count == 2 && words[1] == "TABLE")
                || (words.starts(with: ["INSERT", "INTO"]))
        }
        return false
    }
}
