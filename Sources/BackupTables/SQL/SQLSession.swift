/// What the statements of a file have set so far: as a server would remember it.
struct SQLSession: Codable {
    var dialect: SQLDialect
    var database: String?
    /// PostgreSQL's search_path, first entry.
    var schema: String?
    var binaryForm: BinaryForm
    /// The path says which database it is; else a name in the first lines counts more than what the file's name suggests.
    private let isDatabaseCertain: Bool
    var delimiter: [UInt8] = [UInt8(ascii: ";")]
    /// What the dump's tool writes as its last line, where its first ones tell the tool.
    private(set) var closingLine: String?
    /// SET NAMES; `character_set_client` may differ from it for a while.
    private var names: String?

    init(dialect: SQLDialect, database: String?, isDatabaseCertain: Bool, schema: String?, binaryForm: BinaryForm) {
        self.isDatabaseCertain = isDatabaseCertain
        self.dialect = dialect
        self.database = database
        self.schema = schema
        self.binaryForm = binaryForm
        names = dialect.charset
    }

    static let bannerLength = 4096

    /// What the dump's first lines say: the tool (its binary strings are raw), the database (mysqldump: `-- Host: h    Database: d`).
    mutating func readBanner(_ bytes: UnsafeRawBufferPointer) {
        let first = unsafe UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.bannerLength))
        let length = unsafe SQLBanner.length(in: first)
        let head = unsafe UnsafeRawBufferPointer(rebasing: first[..<length])
        if unsafe head.contains("-- MySQL dump") || head.contains("-- MariaDB dump") || SQLBanner.setsNamesBinary(first, after: length) {
            binaryForm = .raw
        }
        if unsafe head.contains("-- MySQL dump") || head.contains("-- MariaDB dump") { closingLine = "-- Dump completed" }
        if unsafe head.contains("-- PostgreSQL database cluster dump") {
            closingLine = "-- PostgreSQL database cluster dump complete"
        } else if unsafe head.contains("-- PostgreSQL database dump") {
            closingLine = "-- PostgreSQL database dump complete"
        }
        guard dialect.family == .mysql, !isDatabaseCertain else { return }
        guard unsafe head.contains("-- Host:") else { return }
        for line in unsafe String(decoding: head, as: UTF8.self).split(separator: "\n").prefix(12) where line.hasPrefix("-- Host:") {
            // MySQL Shell names the table after it.
            let rest = line.ranges(of: "    Table: ").first.map { line[..<$0.lowerBound] } ?? line[...]
            let name = rest.ranges(of: "Database: ").first.map { rest[$0.upperBound...].trimmingSpace } ?? ""
            if !name.isEmpty { database = name }
        }
    }

    func context(_ catalog: SchemaCatalog) -> CreateTable.Context {
        var context = CreateTable.Context()
        context.domains = catalog.domains
        context.tables = { try catalog.schema(of: $0)?.columns }
        context.currentDatabase = database
        context.currentSchema = schema
        return context
    }

    /// A name as written, with what the session adds to it.
    func resolve(_ name: TableName) -> TableName {
        var full = name
        if full.database == nil { full.database = database }
        if dialect.family == .postgresql && full.schema == nil { full.schema = schema ?? "public" }
        return full
    }

    /// Takes a setting; returns the charset that the rest of the file is in where all of it is (PostgreSQL).
    mutating func set(_ name: String, _ value: String) -> String? {
        switch name {
        case "names":
            names = value.lowercased()
            dialect.charset = Self.plain(names)
        case "character_set_client":
            // mysqldump: CREATE TABLE is in this charset until the saved one is put back.
            dialect.charset = value.hasPrefix("@") ? Self.plain(names) : Self.plain(value.lowercased())
        case "sql_mode":
            let modes = value.uppercased()
            guard !value.hasPrefix("@") else { break }
            dialect.backslashEscapes = !modes.contains("NO_BACKSLASH_ESCAPES")
            if modes.contains("ANSI") || modes.contains("POSTGRESQL") || modes.contains("ORACLE") || modes.contains("MSSQL") {
                dialect.ansiQuotes = true
            }
        case "standard_conforming_strings": dialect.backslashEscapes = value.lowercased() == "off"
        case "client_encoding":
            let charset = value.uppercased()
            return charset == "LATIN1" ? "ISO-8859-1" : charset
        default: break
        }
        return nil
    }

    /// nil for UTF-8.
    private static func plain(_ charset: String?) -> String? {
        guard let charset, !["utf8", "utf8mb3", "utf8mb4"].contains(charset) else { return nil }
        return charset
    }
}
