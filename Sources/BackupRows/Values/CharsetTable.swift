import CCharsetTables

/// A table of CCharsetTables.
///
/// Unchecked because of its pointer. The rule: a table is whole when it is published, atomically, and is never
/// changed or freed.
@safe struct CharsetTable: Hashable, @unchecked Sendable {
    private let table: OpaquePointer

    /// What the kernels know it by.
    var kernel: OpaquePointer { unsafe table }

    /// nil: the family has no charset of this key (its name in lower case, letters and digits alone).
    package init?(_ key: String, of family: SQLDialect.Family) {
        guard let table = unsafe bk_charset_named(family == .mysql ? BK_CHARSET_MYSQL : BK_CHARSET_POSTGRESQL, key)
        else { return nil }
        unsafe self.table = unsafe table
    }

    var isASCIICompatible: Bool { unsafe bk_charset_is_ascii(table) != 0 }

    var isSingleByte: Bool { unsafe bk_charset_is_single_byte(table) != 0 }

    /// `out` has room for BK_CHARSET_GROWTH times the input, and BK_CHARSET_SLACK.
    package func decode(_ input: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>) -> bk_charset_result
    {
        unsafe bk_charset_decode(table, input.baseAddress, input.count, out)
    }
}

/// UTF-16 and its relatives.
enum WideEncoding: Hashable, Sendable {
    case utf16BE, utf16LE, utf32BE, utf32LE
    /// MySQL's: two bytes a character, no surrogates.
    case ucs2

    private var kernel: bk_wide {
        switch self {
        case .utf16BE: BK_WIDE_UTF16BE
        case .utf16LE: BK_WIDE_UTF16LE
        case .utf32BE: BK_WIDE_UTF32BE
        case .utf32LE: BK_WIDE_UTF32LE
        case .ucs2: BK_WIDE_UCS2
        }
    }

    package func decode(_ input: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>) -> bk_charset_result
    {
        unsafe bk_charset_decode_wide(kernel, input.baseAddress, input.count, out)
    }
}
