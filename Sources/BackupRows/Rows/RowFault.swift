import CBackupKernels

/// A row that cannot be read or written exactly.
package struct RowFault: Error, Equatable, Sendable {
    package enum Code: String, Sendable {
        case textAfterQuote, unclosedQuote, notALiteral, notARow, fieldCount, badNumber, badBoolean, badHex, badBit,
            badBytea, bareText, untypedBits, wideBits, longText, cast, badUTF8, badEscape, tooLong, badJSON,
            badNested, notAnObject, textAfterObject, cutObject, twinKey, badChange
    }

    package var code: Code
    /// Counted from 1 in its entry.
    package var row: Int
    /// Offset in the entry, uncompressed.
    package var offset: Int
    package var column: String?
    /// What was found, in words: `5 fields where 4 belong`.
    package var detail: String
    /// The record as it stands in the export.
    package var record: [UInt8]

    package init(
        code: Code, row: Int, offset: Int, column: String? = nil, detail: String, record: [UInt8]
    ) {
        (self.code, self.row, self.offset) = (code, row, offset)
        (self.column, self.detail, self.record) = (column, detail, record)
    }
}

extension RowFault.Code {
    package init(_ fault: bk_fault) {
        self =
            switch fault {
            case BK_FAULT_TEXT_AFTER_QUOTE: .textAfterQuote
            case BK_FAULT_UNCLOSED_QUOTE: .unclosedQuote
            case BK_FAULT_NOT_A_LITERAL: .notALiteral
            case BK_FAULT_NOT_A_ROW: .notARow
            case BK_FAULT_FIELD_COUNT: .fieldCount
            case BK_FAULT_NUMBER: .badNumber
            case BK_FAULT_BOOL: .badBoolean
            case BK_FAULT_HEX: .badHex
            case BK_FAULT_BIT: .badBit
            case BK_FAULT_BYTEA: .badBytea
            case BK_FAULT_BARE_TEXT: .bareText
            case BK_FAULT_UNTYPED_BITS: .untypedBits
            case BK_FAULT_WIDE_BITS: .wideBits
            case BK_FAULT_LONG_TEXT: .longText
            case BK_FAULT_CAST: .cast
            case BK_FAULT_UTF8: .badUTF8
            case BK_FAULT_JSON: .badJSON
            case BK_FAULT_NESTED: .badNested
            case BK_FAULT_NO_OBJECT: .notAnObject
            case BK_FAULT_AFTER_OBJECT: .textAfterObject
            case BK_FAULT_CUT_JSON: .cutObject
            default: .badEscape
            }
    }

    /// Why such a row cannot be converted.
    package var reason: String {
        switch self {
        case .textAfterQuote: "text follows a closing quote"
        case .unclosedQuote: "a quote is not closed"
        case .notALiteral: "an expression stands where a value belongs"
        case .notARow: "what follows a row is neither another row nor the end of the statement"
        case .fieldCount: "wrong number of fields"
        case .badNumber: "not a number"
        case .badBoolean: "not a boolean"
        case .badHex: "not hexadecimal text"
        case .badBit: "not a BIT value"
        case .badBytea: "not a bytea value"
        case .bareText: "a value without quotes in a column of text, of which the server makes another text"
        case .untypedBits: "bits of a column whose type is not known: a number or bytes"
        case .wideBits: "a BIT value of more bits than the column has"
        case .longText: "more characters than the column has"
        case .cast: "a literal with a cast or an escape, of which only a server knows what the column stores"
        case .badUTF8: "bytes that are not text in the charset of the export"
        case .badEscape: "an escape sequence without meaning"
        case .badChange: "a change that holds bytes that are not text in their column's charset"
        case .badJSON: "not JSON"
        case .badNested: "an object or an array that is not JSON in UTF-8, has a key twice, or is more than 1,000 deep"
        case .notAnObject: "no object of JSON, where each row is one"
        case .textAfterObject: "text follows an object on its line"
        case .cutObject: "the file ends inside an object"
        case .twinKey: "an object has a key twice"
        case .tooLong: "its values are more than 256 MiB once they are decoded"
        }
    }

    /// The settings that may help.
    package var remedy: Remedy {
        switch self {
        case .textAfterQuote, .unclosedQuote: "see \(.quote), \(.escape), or \(.rejects)"
        case .fieldCount: "see \(.delimiter), \(.quote), \(.escape), \(.lineEnd), \(.columns), or \(.rejects)"
        case .badChange: "see \(.structures), \(.invalidUTF8, "replace"), or \(.rejects)"
        case .tooLong, .badJSON, .badNested, .twinKey: "see \(.rejects)"
        case .notAnObject, .textAfterObject:
            "each row is an object on lines of its own, or all in one array; see \(.format)"
        case .cutObject: "fetch or write it again, or see \(.rejects)"
        case .badUTF8: "see \(.encoding), \(.invalidUTF8, "replace"), or \(.rejects)"
        case .badNumber, .badBoolean, .badHex, .badBit, .badBytea, .bareText, .wideBits, .longText:
            "see \(.types, "text"), \(.null), or \(.rejects)"
        case .untypedBits: "convert it together with its CREATE TABLE, or see \(.rejects)"
        case .cast: "load it into a server and export it from there, or see \(.rejects)"
        case .notALiteral, .notARow, .badEscape: "see \(.dialect), or \(.rejects)"
        }
    }
}
