import BackupTables

/// The dialects that every law is held for.
enum Dialects {
    static let all: [(name: String, dialect: CSVDialect)] = [
        ("rfc4180", fixed(CSVDialect())),
        ("lf", fixed(CSVDialect(), .lf)),
        ("cr", fixed(CSVDialect(), .cr)),
        ("mysql", fixed(.mysql, .lf)),
        ("mysql-crlf", fixed(.mysql)),
        ("postgresql", fixed(.postgresql)),
        ("postgresql-escape", postgresEscape),
        ("mysql-tab", fixed(.mysqlTab, .lf)),
        ("copy-text", .copyText),
        ("no-quote", noQuote),
    ]

    static let names = all.map(\.name)
    static func named(_ name: String) -> CSVDialect { all.first { $0.name == name }?.dialect ?? CSVDialect() }

    private static func fixed(_ dialect: CSVDialect, _ newline: CSVDialect.Newline = .lfOrCRLF) -> CSVDialect {
        var dialect = dialect
        dialect.newline = newline
        return dialect
    }

    private static var postgresEscape: CSVDialect {
        var dialect = CSVDialect.postgresql
        dialect.escape = UInt8(ascii: "\\")
        dialect.escapes = .literal
        dialect.escapesOnlyInQuotes = true
        return dialect
    }

    private static var noQuote: CSVDialect {
        var dialect = CSVDialect()
        dialect.quote = nil
        return dialect
    }
}
