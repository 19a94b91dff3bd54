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
        /// Carriage return and line feed; one of them alone is data.
        case crlf
        /// `lfOrCRLF` where every line at the front ends in CRLF, else `lf` or `crlf`: MySQL's writers leave carriage
        /// returns unquoted. See `LineEnds`.
        case sniffed
    }

    package enum EscapeMeaning: UInt32, Sendable, Codable {
        case none, quotes, mysql, mysqlSQL, copy, json
    }

    package var delimiter = UInt8(ascii: ",")
    /// nil: no quoting.
    package var quote: UInt8? = UInt8(ascii: "\"")
    /// A character that takes the meaning of the next one, beside the doubled quote, which always means one quote.
    package var escape: UInt8?
    /// Unquoted texts that mean NULL; at most two.
    package var nulls: [String] = []
    /// The escape character and `N` mean NULL, inside quotes, too (LOAD DATA).
    package var escapedNull = false
    package var hasHeader = false
    package var newline = Newline.lfOrCRLF
    /// What fields of text are in, where each is decoded by itself.
    package var charsets = FieldCharsets.one(nil)
    /// BIT is the value's bytes, never its digits (MySQL's and MariaDB's own files).
    package var bitsAreBytes = false
    package var escapes = EscapeMeaning.none
    /// The escape character means nothing outside quotes (PostgreSQL).
    package var escapesOnlyInQuotes = false
    /// Quotes open and close anywhere in a field: `a"b,c"d` is `ab,cd` (PostgreSQL).
    package var quotesAnywhere = false
    /// Two quotes inside quotes mean one; not so in PostgreSQL's `COPY … ESCAPE '\'`.
    package var doublesQuotes = true
    /// A quote inside quotes closes them only where the field ends after it: `"a"b"` is `a"b` (LOAD DATA).
    package var quotesCloseAtEnds = false
    /// Per field: what its bytes are to the kernel (enum bk_multibyte), each column in its own charset; empty: plain
    /// text.
    package var fieldMultibytes: [UInt8] = []
    /// A line `\.` ends the rows.
    package var endsWithBackslashDot = false

    /// Fields of text that are in another charset than UTF-8 where each column is in its own.
    package var fieldsInOtherCharsets: [Bool] = []

    package enum FieldCharsets: Hashable, Sendable, Codable {
        /// All in this one; nil: in UTF-8, or decoded before.
        case one(String?)
        /// Each column in its own (SELECT … INTO OUTFILE without CHARACTER SET).
        case own
        /// Each in its own or all in UTF-8: the bytes decide (mysqldump --tab under SET NAMES utf8mb4 writes either).
        case sniffed
        /// They have not decided: each in its own, and a value that could be UTF-8 too is an error.
        case ownUnlessUTF8
    }

    /// For `fieldMultibytes`: so many bytes as they are, without escapes.
    package static func rawField(bytes: Int) -> UInt8 { UInt8(BK_RAW.rawValue) + UInt8(clamping: bytes) }

    package init() {}

    /// LOAD DATA's rules as RDS's own restore script uses them: `,` `"` backslash escapes, NULL is `\N` or a bare
    /// `NULL`.
    package static var mysql: CSVDialect {
        var dialect = CSVDialect()
        dialect.escape = UInt8(ascii: "\\")
        dialect.escapes = .mysql
        dialect.nulls = ["\\N", "NULL"]
        dialect.escapedNull = true
        dialect.newline = .sniffed
        dialect.quotesCloseAtEnds = true
        return dialect
    }

    /// COPY … CSV: doubled quotes only, the unquoted empty field is NULL.
    package static var postgresql: CSVDialect {
        var dialect = CSVDialect()
        dialect.nulls = [""]
        dialect.quotesAnywhere = true
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
        dialect.escapedNull = false
        dialect.quotesCloseAtEnds = false
        dialect.newline = .lf
        dialect.endsWithBackslashDot = true
        return dialect
    }

    /// The options of COPY … FROM stdin, by name; nil where they cannot be held.
    package init?(copyOptions options: [String: String]) {
        let isCSV = options["format"] == "csv"
        self = isCSV ? .postgresql : .copyText
        endsWithBackslashDot = true
        func character(_ name: String) -> UInt8?? { options[name].map { $0.utf8.count == 1 ? $0.utf8.first : nil } }
        guard options["format"] != "binary" else { return nil }
        if let given = character("delimiter") {
            guard let given else { return nil }
            delimiter = given
        }
        if let given = character("quote") {
            guard isCSV, let given else { return nil }
            quote = given
        }
        if let given = character("escape") {
            guard isCSV, let given else { return nil }
            escape = given == quote ? nil : given
            escapes = escape == nil ? .none : .quotes
            escapesOnlyInQuotes = true
            doublesQuotes = escape == nil
        }
        if let null = options["null"] { nulls = [null] }
        hasHeader = options["header"] == "true"
    }

    /// How MySQL writes NULL where the escape character is the quote: a quote and `N`.
    package var quotedN: String? { quote.map { String(UnicodeScalar($0)) + "N" } }

    package var kernel: bk_csv {
        let end =
            switch newline {
            case .lf: BK_NEWLINE_LF
            case .cr: BK_NEWLINE_CR
            case .crlf: BK_NEWLINE_CRLF
            case .lfOrCRLF, .sniffed: BK_NEWLINE_LF_OR_CRLF
            }
        return unsafe bk_csv(
            delimiter: delimiter, quote: quote ?? 0, escape: escape ?? 0, has_quote: quote == nil ? 0 : 1,
            has_escape: escape == nil || escape == quote ? 0 : 1, newline: UInt8(end.rawValue),
            copy_end: endsWithBackslashDot ? 1 : 0, escape_in_quotes: escapesOnlyInQuotes ? 1 : 0,
            quote_null: quotedN.map(nulls.contains) == true ? 1 : 0, quotes_anywhere: quotesAnywhere ? 1 : 0,
            undoubled: doublesQuotes ? 0 : 1, loose_quotes: quotesCloseAtEnds ? 1 : 0, multibyte: nil,
            multibyte_count: 0)
    }
}
