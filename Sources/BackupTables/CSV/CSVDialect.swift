import CBackupKernels

/// How delimited text is spelled.
package struct CSVDialect: Sendable, Hashable, Codable {
    package enum Newline: String, Sendable, Codable {
        /// Both, mixed as they come.
        case lfOrCRLF
        /// A carriage return is data.
        case lf
        /// Carriage returns alone (old Mac files).
        case cr
        /// `lfOrCRLF` where every line of the first slab ends in CRLF, else `lf`: MySQL's writers leave carriage returns unquoted.
        case sniffed
    }

    package enum EscapeMeaning: UInt32, Sendable, Codable {
        case none, literal, mysql, mysqlSQL, copy
    }

    package var delimiter = UInt8(ascii: ",")
    /// nil: no quoting.
    package var quote: UInt8? = UInt8(ascii: "\"")
    /// A character that takes the meaning of the next one, beside the doubled quote, which always means one quote.
    package var escape: UInt8?
    /// Unquoted texts that mean NULL; at most two.
    package var nulls: [String] = []
    package var hasHeader = false
    package var newline = Newline.lfOrCRLF
    /// Text is in each column's own charset (SELECT … INTO OUTFILE without CHARACTER SET).
    package var columnCharsets = false
    package var escapes = EscapeMeaning.none
    /// The escape character means nothing outside quotes (PostgreSQL).
    package var escapesOnlyInQuotes = false
    /// Per field: the kind of charset (enum bk_multibyte), where second bytes of characters may be ASCII; empty: none.
    package var fieldMultibytes: [UInt8] = []
    /// A line `\.` ends the rows.
    package var endsWithBackslashDot = false

    package init() {}

    /// LOAD DATA's rules as RDS's own restore script uses them: `,` `"` backslash escapes, NULL is `\N` or a bare `NULL`.
    package static var mysql: CSVDialect {
        var dialect = CSVDialect()
        dialect.escape = UInt8(ascii: "\\")
        dialect.escapes = .mysql
        dialect.nulls = ["\\N", "NULL"]
        dialect.newline = .sniffed
        return dialect
    }

    /// COPY … CSV: doubled quotes only, the unquoted empty field is NULL.
    package static var postgresql: CSVDialect {
        var dialect = CSVDialect()
        dialect.nulls = [""]
        return dialect
    }

    /// mysqldump --tab and SELECT … INTO OUTFILE without options: tabs, no quotes, backslash escapes, `\N`.
    package static var mysqlTab: CSVDialect {
        var dialect = CSVDialect.mysql
        dialect.delimiter = UInt8(ascii: "\t")
        dialect.quote = nil
        dialect.nulls = ["\\N"]
        return dialect
    }

    /// PostgreSQL's COPY text format.
    package static var copyText: CSVDialect {
        var dialect = mysqlTab
        dialect.escapes = .copy
        dialect.newline = .lf
        dialect.endsWithBackslashDot = true
        return dialect
    }

    /// The options of COPY … FROM stdin, by name; nil where they cannot be held.
    init?(copyOptions options: [String: String]) {
        let isCSV = options["format"] == "csv"
        self = isCSV ? .postgresql : .copyText
        endsWithBackslashDot = true
        func character(_ name: String) -> UInt8?? { options[name].map { $0.utf8.count == 1 ? $0.utf8.first : nil } }
        guard options["format"] != "binary" else { return nil }
        if let given = character("delimiter") { guard let given else { return nil }; delimiter = given }
        if let given = character("quote") { guard isCSV, let given else { return nil }; quote = given }
        if let given = character("escape") {
            guard isCSV, let given else { return nil }
            escape = given == quote ? nil : given
            escapes = escape == nil ? .none : .literal
            escapesOnlyInQuotes = true
        }
        if let null = options["null"] { nulls = [null] }
        hasHeader = options["header"] == "true"
    }

    var kernel: bk_csv {
        unsafe bk_csv(
            delimiter: delimiter, quote: quote ?? 0, escape: escape ?? 0, has_quote: quote == nil ? 0 : 1,
            has_escape: escape == nil || escape == quote ? 0 : 1,
            newline: UInt8(newline == .lf ? BK_NEWLINE_LF.rawValue : newline == .cr ? BK_NEWLINE_CR.rawValue : BK_NEWLINE_LF_OR_CRLF.rawValue),
            copy_end: endsWithBackslashDot ? 1 : 0, escape_in_quotes: escapesOnlyInQuotes ? 1 : 0, quote_null: nulls.contains("\"N") ? 1 : 0, multibyte: nil, multibyte_count: 0)
    }
}
