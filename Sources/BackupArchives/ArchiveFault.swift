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
    /// Layers of compression inside each other, more than the limit.
    case tooDeep(limit: Int)
    /// The format can only be read from a seekable file.
    case needsFile(format: String)
}
