import BackupBytes

/// Where an unpacking can resume: inside a file, after so many of its bytes.
package struct UnpackingResumePoint: Codable, Sendable {
    /// Entries that were given, the last of them is the file.
    package var entries: Int
    /// Bytes of the file, unpacked.
    package var offset: Int
    /// The way there that leaves out what lies before; nil: the entries are walked again, and passed by.
    package var shortcut: Shortcut?

    /// The same after so many bytes of the file; what its shortcut inflates begins where it did.
    package func moved(to offset: Int) -> UnpackingResumePoint {
        var point = self
        point.offset = offset
        if point.shortcut?.inner != nil { point.shortcut = nil }
        point.shortcut?.stream += offset - self.offset
        return point
    }

    var isPossible: Bool { entries >= 0 && offset >= 0 }

    /// Offset of the input where inflating is resumed; nil where the file is in no compressed tar.
    package var compressedStart: Int? { shortcut.flatMap { $0.outer != nil && $0.tar != nil ? $0.input : nil } }

    /// Bytes of the file as it lies in a tar.
    package var packedBytes: Int? { shortcut?.tar?.size }

    /// Bytes of the file, where it lies in a tar as it is.
    package var fileBytes: Int? { shortcut?.inner == nil ? packedBytes : nil }

    /// What inflates the tar is Zstandard, whose resume points are far apart.
    package var isInZstd: Bool { if case .zstd? = shortcut?.outer { true } else { false } }

    /// A file in a plain or compressed tar, or alone and compressed; the file itself may be compressed once more.
    ///
    ///     input → [gzip or zstd] → stream → [tar] → entry → [gzip or zstd] → file
    package struct Shortcut: Codable, Sendable {
        /// Offset of the input.
        package var input: Int
        var outer: InflatingResumePoint?
        /// Offset of the stream.
        var stream: Int
        var tar: TarEntryResumePoint?
        var inner: InflatingResumePoint?
        var kind: ContentKind
        package var path: String
        var origin: String

        /// Whether the offsets fit together: no layer begins after the offset that is looked for in it.
        var isPossible: Bool {
            let position = stream - (tar?.start ?? 0)
            return input >= 0 && stream >= 0 && (outer == nil ? stream >= input : (outer?.inflated ?? 0) <= stream)
                && (tar.map {
                    $0.start >= 0 && $0.size >= 0 && $0.start <= 1 << 56 && $0.size <= 1 << 56
                        && (0 ... $0.size).contains(position)
                } ?? true)
        }
    }
}
