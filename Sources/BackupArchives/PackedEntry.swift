import BackupBytes

/// What an archive or a folder holds at a path, as it lies there: compression is not undone yet.
struct PackedEntry {
    /// Where it lies, `/` between the parts.
    var path: String
    /// The same for people, with the archives around it.
    var origin: String
    var content: Content
    /// The input is this one file, and not an archive or a folder.
    var isAlone = false

    enum Content {
        case file(any ByteSource)
        /// As in `Entry`.
        case refused(why: String)
    }
}

/// Entries one after another, as they lie.
protocol PackedEntrySequence: AnyObject {
    /// The next entry, or nil when all have been seen and the end itself has been verified.
    func next() throws -> PackedEntry?

    /// Where the current entry lies in a tar of known layout; nil where a tar cannot be resumed there.
    var tarEntry: TarEntryResumePoint? { get }
}

/// The files of a folder.
protocol FolderSequence: PackedEntrySequence {
    /// Bytes of the files so far, as they lie.
    var bytesMet: ByteCounter { get }
}

extension PackedEntrySequence {
    /// nil: most are no tar.
    var tarEntry: TarEntryResumePoint? { nil }
}
