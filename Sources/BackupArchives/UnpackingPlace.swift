import BackupBytes

/// Where an unpacking can be gone on with: inside a file, behind so many of its bytes.
package struct UnpackingPlace: Codable, Sendable {
    /// Entries that were given, the last of them is the file.
    package var entries: Int
    /// Bytes of the file, unpacked.
    package var offset: Int
    /// The way there that leaves out what lies before; nil: the entries are walked again, and passed by.
    package var shortcut: Shortcut?

    /// A file in a plain or gzipped tar, or alone under gzip; the file itself may be gzipped once more.
    ///
    ///     input → [gzip] → stream → [tar] → entry → [gzip] → file
    package struct Shortcut: Codable, Sendable {
        /// Offset of the input.
        package var input: Int
        var outer: GzipPlace?
        /// Offset of the stream.
        var stream: Int
        var tar: TarEntryPlace?
        var inner: GzipPlace?
        var kind: ContentKind
        var path: String
        var origin: String
    }
}
