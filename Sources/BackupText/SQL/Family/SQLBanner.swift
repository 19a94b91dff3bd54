import BackupRows

/// The comments before the first statement of a file: tools write their name there.
enum SQLBanner {
    /// Lines of tools, as they begin.
    private static let beginnings: [(text: String, product: SQLProduct)] = [
        ("MySQL dump ", .mysql), ("MariaDB dump ", .mysql), ("MySQLShell dump ", .mysql),
        ("phpMyAdmin SQL Dump", .mysql),
        ("Dump created by MySQL pump utility", .mysql), ("Sequel Pro SQL dump", .mysql),
        ("Sequel Ace SQL dump", .mysql),
        ("MySQL database dump", .mysql),
        ("PostgreSQL database dump", .postgresql), ("PostgreSQL database cluster dump", .postgresql),
        ("Greenplum Database database dump", .postgresql), ("Dumped from database version", .postgresql),
    ]

    /// What a line of a comment at the head says, without the comment's own signs; nil where it says nothing.
    static func product(ofLine line: Substring) -> SQLProduct? {
        if let known = beginnings.first(where: { line.hasPrefix($0.text) }) { return known.product }
        if line.hasPrefix("Adminer ") && line.hasSuffix(" dump") { return named(in: line) }
        // HeidiSQL and Navicat export from servers of several kinds, and name them.
        for key in ["Server version:", "Source Server Type", "Target Server Type"] where line.hasPrefix(key) {
            return named(in: line)
        }
        // SQLyog: `MySQL - 8.0.36 : Database - shop`.
        if line.hasPrefix("MySQL - ") && line.contains(": Database - ") { return .mysql }
        return nil
    }

    private static func named(in line: Substring) -> SQLProduct? {
        let names: [(String, SQLProduct)] = [
            ("MySQL", .mysql), ("MariaDB", .mysql), ("PostgreSQL", .postgresql), ("SQLite", .sqlite),
            ("SQL Server", .sqlServer),
            ("Oracle", .oracle),
        ]
        return names.first { line.contains($0.0) }?.1
    }

    /// How far the comments at the head reach.
    static func length(in bytes: UnsafeRawBufferPointer) -> Int {
        var scan = unsafe SQLFamilyScan(bytes, isWhole: false, as: .mysql)
        scan.readHead()
        return scan.position
    }

    /// mydumper: one of the settings before the first row is `/*!40101 SET NAMES binary*/`.
    static func setsNamesBinary(_ bytes: UnsafeRawBufferPointer, after head: Int) -> Bool {
        var at = head
        while unsafe bytes[at...].starts(with: "/*!".utf8) {
            let end = unsafe bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
            if unsafe UnsafeRawBufferPointer(rebasing: bytes[at ..< end]).contains("SET NAMES binary*/") { return true }
            at = unsafe bytes[end...].firstIndex { $0 > 0x20 } ?? bytes.count
        }
        return false
    }

    /// The banners in one comment. `offset` is where it begins.
    static func signs(in comment: UnsafeRawBufferPointer, offset: Int) -> [SQLSign] {
        var signs: [SQLSign] = [], start = 0
        while start < comment.count {
            let end = unsafe comment[start...].firstIndex { $0 == 0x0A } ?? comment.count
            let text = unsafe String(decoding: comment[start ..< end].prefix(200), as: UTF8.self)
            let line = text.trimmingCharacters(of: " \t\r#-*/")
            if let product = product(ofLine: line[...]) {
                let lead = text.utf8.count - text.drop { " \t\r#-*/".contains($0) }.utf8.count
                signs.append(SQLSign(product, .banner, String(line.prefix(60)), offset: offset + start + lead))
            }
            start = end + 1
        }
        return targets(among: signs)
    }

    /// Navicat names the server it has read from and the one it has written for: the second counts.
    private static func targets(among signs: [SQLSign]) -> [SQLSign] {
        guard let target = signs.first(where: { $0.text.hasPrefix("Target Server Type") }) else { return signs }
        return [target]
    }
}
