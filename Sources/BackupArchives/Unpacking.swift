import BackupBytes

/// Any input as a sequence of plain files: layers of compression and archives inside each other are undone by content,
/// never by name, down to a limit.
package final class Unpacking: EntrySequence {
    private var stack: [any EntrySequence]
    private let limits: UnpackingLimits
    private let meter: ExpansionMeter
    private let readsAhead: Bool
    private var entriesMet = 0

    /// The files of a folder.
    package init(_ folder: DirectoryReader, limits: UnpackingLimits = UnpackingLimits(), readsAhead: Bool = true) {
        stack = [folder]
        self.limits = limits
        meter = ExpansionMeter(limit: limits.expansion) { [met = folder.bytesMet] in met.count }
        self.readsAhead = readsAhead
    }

    /// One stream: an archive, or a file under its own `name`.
    package init(_ source: any ByteSource, name: String, limits: UnpackingLimits = UnpackingLimits(), readsAhead: Bool = true) {
        if let length = source.length {
            stack = [SingleEntry(source, name: name)]
            meter = ExpansionMeter(limit: limits.expansion) { length }
        } else {
            let tally = Tally()
            stack = [SingleEntry(TalliedSource(source, tally), name: name)]
            meter = ExpansionMeter(limit: limits.expansion) { tally.count }
        }
        self.limits = limits
        self.readsAhead = readsAhead
    }

    package func cancel() { stack.forEach { $0.cancel() } }

    package func next() throws -> Entry? {
        while let sequence = stack.last {
            guard let entry = try sequence.next() else {
                stack.removeLast()
                continue
            }
            if !entry.isAlone { entriesMet += 1 }
            if entriesMet > limits.entries { throw ArchiveFault.overLimit(.entries, limits.entries) }
            if entry.path.utf8.count > limits.path { throw ArchiveFault.overLimit(.path, limits.path) }
            guard case .file(_, let source) = entry.content else { return entry }
            // Holes of sparse files are unpacked bytes, too.
            if let file = try unpack(entry, sequence is ArchiveReader ? MeteredSource(source, meter) : source) { return file }
        }
        return nil
    }

    /// Undoes the layers around one entry; nil when it is an archive, which is then walked.
    private func unpack(_ entry: Entry, _ source: any ByteSource) throws -> Entry? {
        var entry = entry, source = source, layers = stack.count - 1
        while true {
            let peeked = PeekedSource(source)
            let head = try peeked.peek(ContentKind.bytesNeeded)
            // A file of nothing but zeros is a tar of nothing when somebody gives us that; in an archive it is a hole.
            let kind = !entry.isAlone && ContentKind.isTarEnd(head) ? .text : ContentKind(firstBytes: head)
            if kind.isCompression || kind.isArchive {
                layers += 1
                if layers > limits.layers { throw ArchiveFault.overLimit(.layers, limits.layers) }
            }
            if kind.isArchive {
                stack.append(try ArchiveReader(rewound(source, peeked), format: kind, container: entry.origin, entryLimit: limits.entries))
                return nil
            }
            guard kind.isCompression else {
                if entry.isAlone && layers == 0, let cut = ContentKind(cutTo: head, name: entry.path) {
                    throw ArchiveFault.truncated(format: cut.rawValue, offset: source.length ?? 0)
                }
                entry.content = .file(kind, peeked)
                return entry
            }
            let inflated: any ByteSource = switch kind {
            case .gzip: try GzipSource(rewound(source, peeked))
            case .zstd: try ZstdSource(rewound(source, peeked))
            default: try filter(rewound(source, peeked), kind, &layers)
            }
            // Only the outermost layer is worth a thread of its own: there the bytes are many.
            let metered = MeteredSource(inflated, meter)
            source = readsAhead && stack.count == 1 && layers == 1 ? ReadAhead(metered) : metered
            entry.path = entry.path.droppingSuffix(of: kind)
        }
    }

    private func filter(_ source: any ByteSource, _ kind: ContentKind, _ layers: inout Int) throws -> FilterSource {
        let filter = try FilterSource(source, format: kind)
        layers += filter.layers - 1
        if layers > limits.layers { throw ArchiveFault.overLimit(.layers, limits.layers) }
        return filter
    }

    /// A file is read from its front again, so that formats which seek can do so.
    private func rewound(_ source: any ByteSource, _ peeked: PeekedSource) throws -> any ByteSource {
        guard let file = source as? any SeekableByteSource, file.length != nil else { return peeked }
        try file.seek(to: 0)
        return file
    }
}

private final class SingleEntry: EntrySequence {
    private var entry: Entry?
    private let source: any ByteSource

    init(_ source: any ByteSource, name: String) {
        self.source = source
        entry = Entry(path: name, origin: name, content: .file(.text, source), isAlone: true)
    }

    func cancel() { source.cancel() }

    func next() -> Entry? {
        defer { entry = nil }
        return entry
    }
}

extension String {
    /// Without `.gz`, `.zst` … where that is what the bytes were.
    fileprivate func droppingSuffix(of kind: ContentKind) -> String {
        if kind == .gzip && hasSuffix(".tgz") { return String(dropLast(4)) + ".tar" }
        for suffix in kind.suffixes where hasSuffix(suffix) { return String(dropLast(suffix.count)) }
        return self
    }
}
