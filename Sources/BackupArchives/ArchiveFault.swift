/// What can be wrong with packed bytes.
package enum ArchiveFault: Error, Equatable {
    /// The bytes contradict their format: a wrong checksum, an impossible header.
    case damaged(format: String, why: String, offset: Int)
    /// The bytes end before their format says they may.
    case truncated(format: String, offset: Int)
    /// The format is known, but is not one that holds rows we can read.
    case notAnExport(ContentKind)
    /// The archive, or an entry, is encrypted.
    case encrypted
    /// A bound of `UnpackingLimits`.
    case overLimit(Bound, Int)
    /// The format can only be read from a seekable file.
    case needsFile(format: String)

    package enum Bound { case layers, entries, path, expansion, window }
}
