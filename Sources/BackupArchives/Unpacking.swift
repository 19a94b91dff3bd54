import BackupBytes

/// Any input as a sequence of plain files: layers of compression and archives inside each other are undone by content,
/// never by name, down to a limit.
package final class Unpacking: EntrySequence {
    private var stack: [any EntrySequence]
    private let layerLimit: Int
    private let readsAhead: Bool

    /// Layers (compressions and archives) around a file that are undone before it counts as a trick.
    package static let usualLayerLimit = 6

    package init(_ entries: any EntrySequence, layerLimit: Int = Unpacking.usualLayerLimit, readsAhead: Bool = true) {
        stack = [entries]
        self.layerLimit = layerLimit
        self.readsAhead = readsAhead
    }

    /// One stream: an archive, or a file under its own `name`.
    package convenience init(_ source: any ByteSource, name: String, layerLimit: Int = Unpacking.usualLayerLimit, readsAhead: Bool = true) {
        self.init(SingleEntry(source, name: name), layerLimit: layerLimit, readsAhead: readsAhead)
    }

    package func cancel() { stack.forEach { $0.cancel() } }

    package func next() throws -> Entry? {
        while let sequence = stack.last {
            guard let entry = try sequence.next() else {
                stack.removeLast()
                continue
            }
            guard case .file(_, let source) = entry.content else { return entry }
            if let file = try unpack(entry, source) { return file }
        }
        return nil
    }

    /// Undoes the layers around one entry; nil when it is an archive, which is then walked.
    private func unpack(_ entry: Entry, _ source: any ByteSource) throws -> Entry? {
        var entry = entry, source = source, layers = stack.count - 1
        while true {
            let peeked = PeekedSource(source)
            let kind = ContentKind(firstBytes: try peeked.peek(ContentKind.bytesNeeded))
            if kind.isCompression || kind.isArchive {
                layers += 1
                if layers > layerLimit { throw ArchiveFault.tooDeep(limit: layerLimit) }
            }
            if kind.isArchive {
                stack.append(try ArchiveReader(rewound(source, peeked), format: kind, container: entry.origin))
                return nil
            }
            guard kind.isCompression else {
                entry.content = .file(kind, peeked)
                return entry
            }
            let inflated: any ByteSource = switch kind {
            case .gzip: try GzipSource(rewound(source, peeked))
            case .zstd: try ZstdSource(rewound(source, peeked))
            default: try FilterSource(rewound(source, peeked), format: kind)
            }
            // Only the outermost layer is worth a thread of its own: there the bytes are many.
            source = readsAhead && stack.count == 1 && layers == 1 ? ReadAhead(inflated) : inflated
            entry.path = entry.path.droppingSuffix(of: kind)
        }
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
        let suffixes: [String] = switch kind {
        case .gzip: [".gz", ".gzip"]
        case .zstd: [".zst", ".zstd"]
        case .xz: [".xz"]
        case .bzip2: [".bz2"]
        default: [".lz4"]
        }
        if kind == .gzip && hasSuffix(".tgz") { return String(dropLast(4)) + ".tar" }
        for suffix in suffixes where hasSuffix(suffix) { return String(dropLast(suffix.count)) }
        return self
    }
}
