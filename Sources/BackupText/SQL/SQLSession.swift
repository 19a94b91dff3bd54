import BackupRows

/// What the statements of a file have set so far: as a server would remember it.
struct SQLSession: Codable {
    var dialect: SQLDialect
    var database: String?
    var path: SearchPath
    /// The table whose file this is, whatever database its statements name.
    var ownTable: TableName?
    /// Tables that end with the session, by their full names.
    var temporaryTables: Set<TableName> = []
    var binaryForm: BinaryForm
    /// The path says which database it is; else a name in the first lines counts more than what the file's name
    /// suggests.
    private let isDatabaseCertain: Bool
    var delimiter: [UInt8] = [UInt8(ascii: ";")]
    /// What the dump's tool writes as its last line, where its first ones show the tool.
    private(set) var closingLine: String?
    /// The dump's first lines say that the server is MariaDB.
    private(set) var isMariaDB = false
    /// MySQL's variables.
    var variables: SessionVariables
    var transaction = Transaction()
    /// Statements that were passed over so far.
    var tally = StatementTally()
    /// Views that this file has made.
    var views: Set<TableName> = []
    /// Tables that this file removes without having met them, and what removes each: another file may have filled them.
    var removals: [TableName: String] = [:]
    /// Databases (MySQL) or schemas (PostgreSQL) whose tables have had rows in this file.
    var namespacesWithRows: Set<String> = []

    /// A transaction, as far as its end matters.
    struct Transaction: Codable {
        var isOpen = false
        /// Rows have come since it was begun.
        var hasRows = false
        /// PostgreSQL: what ROLLBACK, or the end of any transaction, sets back.
        var before: Parameters?
        var afterwards: Parameters?
    }

    /// PostgreSQL's settings that matter.
    struct Parameters: Codable, Equatable {
        var encoding: String?
        var backslashEscapes: Bool
        var path: SearchPath
    }
    var encoding: String?

    init(dialect: SQLDialect, database: String?, isDatabaseCertain: Bool, schema: String?, binaryForm: BinaryForm) {
        self.isDatabaseCertain = isDatabaseCertain
        self.dialect = dialect
        self.database = database
        path = SearchPath(entries: schema.map { [$0] })
        self.binaryForm = binaryForm
        variables = SessionVariables(charset: dialect.charset)
    }

    static let bannerLength = 4096

    /// What the dump's first lines say: the tool (its binary strings are raw), the database (mysqldump: `-- Host: h
    /// Database: d`).
    mutating func readBanner(_ bytes: UnsafeRawBufferPointer) {
        let first = unsafe UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.bannerLength))
        let length = unsafe SQLBanner.length(in: first)
        let head = unsafe UnsafeRawBufferPointer(rebasing: first[..<length])
        if unsafe head.contains("-- MySQL dump") || head.contains("-- MariaDB dump")
            || SQLBanner.setsNamesBinary(first, after: length)
        {
            binaryForm = .raw
        }
        for line in unsafe String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline).prefix(12)
        where line.hasPrefix("-- Server version") {
            isMariaDB = line.contains("MariaDB")
        }
        if unsafe head.contains("-- MySQL dump") || head.contains("-- MariaDB dump") {
            closingLine = "-- Dump completed"
        }
        if unsafe head.contains("-- PostgreSQL database cluster dump") {
            closingLine = "-- PostgreSQL database cluster dump complete"
        } else if unsafe head.contains("-- PostgreSQL database dump") {
            closingLine = "-- PostgreSQL database dump complete"
        }
        guard dialect.family == .mysql, !isDatabaseCertain else { return }
        guard unsafe head.contains("-- Host:") else { return }
        for line in unsafe String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline).prefix(12)
        where line.hasPrefix("-- Host:") {
            // MySQL Shell names the table after it.
            let rest = line.ranges(of: "    Table: ").first.map { line[..<$0.lowerBound] } ?? line[...]
            let name = rest.ranges(of: "Database: ").first.map { rest[$0.upperBound...].trimmingSpace } ?? ""
            if !name.isEmpty { database = name }
        }
    }
}
