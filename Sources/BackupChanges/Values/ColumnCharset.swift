import BackupRows

/// The charset of a column whose text is not UTF-8. Each thread has a decoder of its own for it.
final class ColumnCharset: Sendable {
    let charset: Charset
    /// Text of ASCII alone is the same in it.
    let hasASCII: Bool

    init(_ charset: Charset) { (self.charset, hasASCII) = (charset, charset.isASCIICompatible) }
}
