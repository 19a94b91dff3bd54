import BackupRows
import BackupText

/// The dialects that every law is held for.
enum Dialects {
    static let all: [(name: String, dialect: CSVDialect)] = [
        ("rfc4180", fixed(CSVDialect())),
        ("lf", fixed(CSVDialect(), .lf)),
        ("cr", fixed(CSVDialect(), .cr)),
        ("mysql", fixed(.mysql, .lf)),
        ("mysql-crlf", fixed(.mysql)),
        ("mysql-only-crlf", fixed(.mysql, .crlf)),
        ("mysql-escaped-by-a-letter", letterEscape),
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
        dialect.escapes = .quotes
        dialect.escapesOnlyInQuotes = true
        dialect.doublesQuotes = false
        return dialect
    }

    private static var letterEscape: CSVDialect {
        var dialect = fixed(.mysql, .lf)
        dialect.escape = UInt8(ascii: "x")
        dialect.nulls = ["xN", "NULL"]
        return dialect
    }

    private static var noQuote: CSVDialect {
        var dialect = CSVDialect()
        dialect.quote = nil
        return dialect
    }
}
