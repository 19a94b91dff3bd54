import CBackupKernels

/// How SQL text is to be read: which family wrote it, and what its statements have switched so far.
package struct SQLDialect: Sendable, Hashable, Codable {
    package enum Family: String, Sendable, CaseIterable, Codable {
        case mysql, postgresql
    }

    package var family: Family
    /// Backslash escapes in plain strings: MySQL unless NO_BACKSLASH_ESCAPES, PostgreSQL unless
    /// standard_conforming_strings.
    package var backslashEscapes: Bool
    /// `"…"` is an identifier: PostgreSQL always, MySQL under ANSI_QUOTES.
    package var ansiQuotes: Bool
    /// The charset in which the file's strings are written (SET NAMES, client_encoding); nil is UTF-8. `binary` is each
    /// column's own.
    package var charset: String?
    /// Nothing shows the family: the text is read so as long as both read it alike.
    package var isAssumed = false

    package init(family: Family, charset: String? = nil) {
        self.family = family
        backslashEscapes = family == .mysql
        ansiQuotes = family == .postgresql
        self.charset = charset
    }

    /// For the kernels.
    package var kernel: bk_sql {
        unsafe bk_sql(
            mysql: family == .mysql ? 1 : 0, backslash: backslashEscapes ? 1 : 0, double_is_string: ansiQuotes ? 0 : 1,
            multibyte: multibyte,
            charset: UInt8(
                (charset == nil ? BK_CHARSET_UTF8 : charset == "binary" ? BK_CHARSET_BINARY : BK_CHARSET_OTHER).rawValue
            ), heads: nil)
    }

    /// Charsets in which 0x5C may be the second byte of a character.
    package var multibyte: UInt8 {
        guard family == .mysql, let charset else { return UInt8(BK_SINGLE.rawValue) }
        return CharsetNames.multibyte(charset)
    }
}
