import BackupBytes

/// The files of a folder in a store, in the order of their paths.
package final class StoreReader: FolderSequence {
    private let store: any StoredFiles
    private let files: [StoredFile]
    private var position = 0
    private let wrap: (any SeekableByteSource) -> any ByteSource
    let bytesMet = ByteCounter()

    /// `wrap` is given every file that is opened.
    package init(
        _ store: any StoredFiles, _ files: [StoredFile], wrap: @escaping (any SeekableByteSource) -> any ByteSource
    ) {
        self.store = store
        self.files = files
        self.wrap = wrap
    }

    func next() throws -> PackedEntry? {
        guard position < files.count else { return nil }
        defer { position += 1 }
        let file = files[position]
        bytesMet.add(file.size)
        return PackedEntry(
            path: file.path, origin: "\(store.name)\(file.path)", content: .file(wrap(try store.open(file))))
    }
}
