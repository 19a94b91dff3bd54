import BackupBytes

/// A file inside an input, unpacked: its path, what it is, and its bytes. Valid until the next one is asked for.
package struct Entry {
    /// Where it lies, `/` between the parts, without the suffix of a compression that was undone (`a/b.sql` for
    /// `a/b.sql.gz`).
    package var path: String
    /// The same for people, with the archives around it: `backup.tar!a/b.sql.gz`.
    package var origin: String
    package var content: Content
    /// The input is this one file, and not an archive or a folder.
    package var isAlone = false

    package enum Content {
        case file(ContentKind, any ByteSource)
        /// Links, devices, names that lead out of the tree: skipped, with the reason.
        case refused(why: String)
    }
}

/// Entries one after another, as they lie.
package protocol EntrySequence: AnyObject {
    /// The next entry, or nil when all have been seen and the end itself has been verified.
    func next() throws -> Entry?
}
