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

    package init(path: String, origin: String, content: Content, isAlone: Bool = false) {
        (self.path, self.origin, self.content, self.isAlone) = (path, origin, content, isAlone)
    }

    package enum Content {
        case file(ContentKind, PeekedSource)
        /// Links, devices, names that lead out of the tree: skipped, with the reason; that of a folder is empty.
        case refused(why: String)
    }
}
