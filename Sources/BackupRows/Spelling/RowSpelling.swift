import CBackupKernels

/// How the values of marked fields are spelled in the input: escapes, quotes, literals, NULL, charsets, bytes. It says
/// nothing of where fields and rows end (the dialects do), and nothing of what is written.
package struct RowSpelling: Sendable, Hashable {
    /// Whose literals the values are, in SQL; nil: fields of text, quoted or not.
    package var literals: SQLDialect.Family?
    /// The character that takes the meaning of the next one, and what it makes of it.
    package var escape: UInt8?
    package var escapes = CSVDialect.EscapeMeaning.none
    package var quote: UInt8?
    /// Two quotes inside quotes mean one.
    package var doublesQuotes = true
    /// Unquoted texts that mean NULL; at most two.
    package var nulls: [String] = []
    /// The escape character and `N` mean NULL, inside quotes, too.
    package var escapedNull = false
    /// The kernels' enum bk_multibyte, where a second byte may look like an escape.
    package var multibyte: UInt8 = 0
    /// What text is in.
    package var charsets = CSVDialect.FieldCharsets.one(nil)
    /// BIT is the value's bytes, never its digits.
    package var bitsAreBytes = false
    /// How bytes are spelled, where `columnForms` does not say it for each column.
    package var binaryForm = BinaryForm.raw
    package var columnForms: [BinaryForm]?
    /// By column, in delimited text: whether its values are bytes that stand there as they are. Empty: not known.
    package var rawColumns: [Bool] = []

    package init() {}

    /// Values of JSON: strings in quotes, numbers and words without.
    package static var json: RowSpelling {
        var spelling = RowSpelling()
        (spelling.escape, spelling.escapes, spelling.doublesQuotes) = (UInt8(ascii: "\\"), .json, false)
        return spelling
    }

    /// Each value says itself what it is.
    var isJSON: Bool { escapes == .json }

    /// How the bytes of the column with this number are spelled.
    func binaryForm(ofColumn index: Int) -> BinaryForm { columnForms?[index] ?? binaryForm }

    /// What `\N` is in a column of bits that are bytes.
    func nullForm(of column: Column, at index: Int) -> EmitRule.Preparation.NullForm {
        guard column.mayLookNull, rawColumns.indices.contains(index), rawColumns[index] else { return .null }
        return column.isNotNull ? .value : .nullOrValue
    }

    /// Delimited text in which columns are decoded each by itself.
    var hasColumnCharsets: Bool { literals == nil && charsets != .one(nil) }
    /// Values in a charset of their column that could be UTF-8 as well are errors.
    var refusesUTF8: Bool { charsets == .ownUnlessUTF8 }

    /// The name of the charset that text of a column is in; nil: UTF-8. `own`: what the column is declared with.
    func charset(ofColumn own: String?) -> String? {
        switch charsets {
        case .one(let name) where name?.lowercased() != "binary": name
        default: own?.lowercased() == "binary" ? nil : own
        }
    }
}

extension CSVDialect {
    /// What a layout needs of it. `forms`: how bytes are spelled, by column.
    package func spelling(bytes: BinaryForm = .raw, forms: [BinaryForm]? = nil) -> RowSpelling {
        var spelling = RowSpelling()
        (spelling.escape, spelling.escapes) = (escape, escapes)
        (spelling.quote, spelling.doublesQuotes) = (quote, doublesQuotes)
        (spelling.nulls, spelling.escapedNull) = (nulls, escapedNull)
        spelling.charsets = charsets
        spelling.bitsAreBytes = bitsAreBytes
        (spelling.binaryForm, spelling.columnForms) = (bytes, forms)
        spelling.rawColumns = fieldMultibytes.map { $0 >= UInt8(BK_RAW.rawValue) }
        return spelling
    }
}

extension SQLDialect {
    /// What a layout needs of it.
    package func spelling(bytes: BinaryForm = .raw) -> RowSpelling {
        var spelling = RowSpelling()
        spelling.literals = family
        spelling.escape = UInt8(ascii: "\\")
        spelling.escapes = !backslashEscapes ? .none : family == .mysql ? .mysqlSQL : .copy
        spelling.multibyte = multibyte
        spelling.charsets = .one(charset)
        spelling.binaryForm = bytes
        return spelling
    }
}
