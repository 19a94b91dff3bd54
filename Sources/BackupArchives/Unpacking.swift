import BackupBytes

/// Any input as a sequence of plain files: layers of compression and archives inside each other are undone by content,
/// never by name, down to a limit.
package final class Unpacking {
    /// For other threads.
    package let control: UnpackingControl
    private var stack: [any PackedEntrySequence]
    private let limits: UnpackingLimits
    private let meter: ExpansionMeter
    private let readsAhead: ReadAhead.Driver?
    /// Where the data of resume points lies; nil: none are kept.
    private let resumeFolder: String?
    /// Entries given so far.
    private var given = 0
    private var entriesMet = 0
    private var way = Way(isPlainOutside: false)

    /// How the bytes of the current file have come here. Plain is what a shortcut can pass.
    private struct Way {
        /// Where the layers around the archive, or the file, and those in it can be resumed.
        var outer: InflatingResumePoints?
        var inner: InflatingResumePoints?
        var isPlainOutside: Bool
        var isPlainInside = true
        /// To skip what lies in the archive is to decode it.
        var isCompressedOutside = false
        var file: Entry?
        var kind = ContentKind.text

        mutating func note(_ kind: ContentKind, isOutside: Bool) {
            let isInflating = kind == .gzip || kind == .zstd
            if isOutside {
                isCompressedOutside = isCompressedOutside || kind.isCompression
                isPlainOutside = isPlainOutside && (kind == .tar || (isInflating && outer == nil))
            } else {
                isPlainInside = isPlainInside && isInflating && inner == nil
            }
        }

        mutating func keep(_ layer: any InflatingSource, isOutside: Bool) -> any InflatingSource {
            if isOutside { outer = layer.resumePoints } else { inner = layer.resumePoints }
            return layer
        }
    }

    /// The files of a folder. `resumeFolder`: another unpacking may have to resume in the middle; what that needs may
    /// lie in this folder.
    package convenience init(
        _ folder: DirectoryReader, limits: UnpackingLimits = UnpackingLimits(),
        readsAhead: ReadAhead.Driver? = .ownThread, resumeFolder: String? = nil
    ) {
        self.init(folder: folder, limits: limits, readsAhead: readsAhead, resumeFolder: resumeFolder)
    }

    /// The files of a folder in a store.
    package convenience init(
        _ folder: StoreReader, limits: UnpackingLimits, readsAhead: ReadAhead.Driver?, resumeFolder: String?
    ) {
        self.init(folder: folder, limits: limits, readsAhead: readsAhead, resumeFolder: resumeFolder)
    }

    private init(
        folder: any FolderSequence, limits: UnpackingLimits, readsAhead: ReadAhead.Driver?, resumeFolder: String?
    ) {
        control = UnpackingControl(nil)
        stack = [folder]
        self.limits = limits
        meter = ExpansionMeter(limit: limits.expansion) { [met = folder.bytesMet] in met.count }
        self.readsAhead = readsAhead
        self.resumeFolder = resumeFolder
    }

    /// One stream: an archive, or a file under its own `name`.
    package init(
        _ source: any ByteSource, name: String, limits: UnpackingLimits = UnpackingLimits(),
        readsAhead: ReadAhead.Driver? = .ownThread, resumeFolder: String? = nil
    ) {
        control = UnpackingControl(source.canceller)
        if let length = source.length {
            stack = [SingleEntry(source, name: name)]
            meter = ExpansionMeter(limit: limits.expansion) { length }
        } else {
            let counter = ByteCounter()
            stack = [SingleEntry(CountedSource(source, counter), name: name)]
            meter = ExpansionMeter(limit: limits.expansion) { counter.count }
        }
        self.limits = limits
        self.readsAhead = readsAhead
        self.resumeFolder = resumeFolder
    }

    package func next() throws -> Entry? {
        while let sequence = stack.last {
            guard let entry = try sequence.next() else {
                stack.removeLast()
                continue
            }
            if !entry.isAlone { entriesMet += 1 }
            if entriesMet > limits.entries { throw ArchiveFault.overLimit(.entries, limits.entries) }
            if entry.path.utf8.count > limits.path { throw ArchiveFault.overLimit(.path, limits.path) }
            switch entry.content {
            case .refused(let why):
                given += 1
                return Entry(path: entry.path, origin: entry.origin, content: .refused(why: why))
            case .file(let source):
                // Holes of sparse files are unpacked bytes, too.
                guard let file = try unpack(entry, sequence is ArchiveReader ? MeteredSource(source, meter) : source)
                else { continue }
                given += 1
                return file
            }
        }
        return nil
    }

    /// Whether to skip a file costs as much as to read it.
    package var isCompressedArchive: Bool { stack.count > 1 && way.isCompressedOutside }

    /// Bytes of the current file, where it lies in a tar as it is; nil where its length is known at its end.
    package var fileBytes: Int? {
        stack.count == 2 && way.isPlainInside && way.inner == nil ? stack[1].tarEntry?.size : nil
    }

    // MARK: Resuming

    /// Where the current file is, after so many of its bytes.
    package func resumePoint(offset: Int) -> UnpackingResumePoint {
        UnpackingResumePoint(entries: given, offset: offset, shortcut: shortcut(to: offset))
    }

    private func shortcut(to offset: Int) -> UnpackingResumePoint.Shortcut? {
        guard resumeFolder != nil, stack.count <= 2, way.isPlainOutside, way.isPlainInside, let file = way.file else {
            return nil
        }
        var tar: TarEntryResumePoint?, inner: InflatingResumePoint?, outer: InflatingResumePoint?
        var position = offset
        if let layer = way.inner {
            inner = layer.last(upTo: position)
            guard let inner else { return nil }
            position = inner.packed
        }
        if stack.count == 2 {
            tar = stack[1].tarEntry
            guard let tar else { return nil }
            position += tar.start
        }
        let stream = position
        if let layer = way.outer {
            outer = layer.last(upTo: position)
            guard let outer else { return nil }
            position = outer.packed
        }
        return .init(
            input: position, outer: outer, stream: stream, tar: tar, inner: inner, kind: way.kind, path: file.path,
            origin: file.origin)
    }

    /// Resumes at a point by its shortcut. `source` gives the input from `start` on, which is at or before the point;
    /// `name` is what it is called.
    /// - Returns: also the file, from the point on.
    package static func resume(
        at point: UnpackingResumePoint, by shortcut: UnpackingResumePoint.Shortcut, _ source: any ByteSource,
        from start: Int,
        name: String, limits: UnpackingLimits,
        readsAhead: ReadAhead.Driver = .ownThread, resumeFolder: String
    ) throws -> (Unpacking, Entry) {
        guard point.isPossible, shortcut.isPossible else { throw RecordDamaged() }
        func cut() -> ArchiveFault { .truncated(format: "input", offset: shortcut.input) }
        guard try source.advance(from: start, to: shortcut.input) else { throw cut() }
        let unpacking = Unpacking(
            source, name: name, limits: limits, readsAhead: readsAhead, resumeFolder: resumeFolder)
        unpacking.stack = [SingleEntry(nil)]
        unpacking.way = Way(isPlainOutside: true)
        var stream = source
        if let outer = shortcut.outer {
            let layer = unpacking.way.keep(
                try outer.resume(source, resumeFolder: resumeFolder, windowLimit: limits.window), isOutside: true)
            stream = unpacking.readAhead(of: MeteredSource(layer, unpacking.meter))
            guard try stream.advance(from: outer.inflated, to: shortcut.stream) else { throw cut() }
        } else if !(try stream.advance(from: shortcut.input, to: shortcut.stream)) {
            throw cut()
        }
        var file = stream
        if let tar = shortcut.tar {
            let rest = TarContinuation(
                stream, inside: tar, at: shortcut.stream, container: name, entryLimit: limits.entries)
            unpacking.stack.append(rest)
            file = rest.current
        }
        if let inner = shortcut.inner {
            let layer = unpacking.way.keep(
                try inner.resume(file, resumeFolder: resumeFolder, windowLimit: limits.window), isOutside: false)
            guard try layer.advance(from: inner.inflated, to: point.offset) else { throw cut() }
            file = MeteredSource(layer, unpacking.meter)
        }
        let entry = Entry(
            path: shortcut.path, origin: shortcut.origin, content: .file(shortcut.kind, PeekedSource(file)),
            isAlone: shortcut.tar == nil)
        unpacking.given = point.entries
        unpacking.entriesMet = point.entries
        unpacking.way.file = entry
        unpacking.way.kind = shortcut.kind
        return (unpacking, entry)
    }

    /// Resumes at a point by skipping what lies before it. A new unpacking, from the input's beginning. `atFile` is
    /// called at the file's first byte.
    package func resume(at point: UnpackingResumePoint, atFile: () -> Void) throws -> Entry {
        while given < point.entries, let entry = try next() {
            guard given == point.entries, case .file(let kind, let peeked) = entry.content else { continue }
            atFile()
            guard try peeked.advance(from: 0, to: point.offset) else { break }
            return Entry(
                path: entry.path, origin: entry.origin, content: .file(kind, PeekedSource(rest: peeked)),
                isAlone: entry.isAlone)
        }
        throw ArchiveFault.truncated(format: "input", offset: 0)
    }

    /// Undoes the layers around one entry; nil when it is an archive, which is then walked.
    private func unpack(_ entry: PackedEntry, _ source: any ByteSource) throws -> Entry? {
        var path = entry.path, source = source, layers = stack.count - 1
        if stack.count == 1 { way = Way(isPlainOutside: entry.isAlone) }
        (way.inner, way.isPlainInside, way.file) = (nil, true, nil)
        while true {
            let peeked = PeekedSource(source)
            let head = try unsafe peeked.peek(ContentKind.bytesNeeded)
            // A file of nothing but zeros is a tar of nothing when somebody gives us that; in an archive it is a hole.
            var kind = unsafe !entry.isAlone && ContentKind.isTarEnd(head) ? .text : ContentKind(firstBytes: head)
            if kind.isCompression || kind.isArchive {
                layers += 1
                if layers > limits.layers { throw ArchiveFault.overLimit(.layers, limits.layers) }
                way.note(kind, isOutside: stack.count == 1)
            }
            if kind.isArchive {
                stack.append(
                    try ArchiveReader(
                        rewound(source, peeked), format: kind, container: entry.origin, entryLimit: limits.entries,
                        windowLimit: limits.window))
                return nil
            }
            guard kind.isCompression else {
                let isKnown = kind != .text && kind != .unknownBinary
                if entry.isAlone && layers == 0 && !isKnown, let cut = unsafe ContentKind(cutTo: head, name: path) {
                    throw ArchiveFault.truncated(format: cut.rawValue, offset: source.length ?? 0)
                }
                if entry.isAlone, !isKnown, try unsafe ContentKind.holdsZip(peeked.peek(ContentKind.stubLength)) {
                    kind = .stubbedZip
                }
                let file = Entry(
                    path: path, origin: entry.origin, content: .file(kind, peeked), isAlone: entry.isAlone)
                way.file = file
                way.kind = kind
                return file
            }
            let inflated: any ByteSource =
                switch kind {
                case .gzip:
                    way.keep(
                        gzip(try rewound(source, peeked), isOutermost: stack.count == 1 && layers == 1),
                        isOutside: stack.count == 1)
                case .zstd:
                    way.keep(
                        ZstdSource(try rewound(source, peeked), resumeFolder: resumeFolder, windowLimit: limits.window),
                        isOutside: stack.count == 1)
                case .xz: XzSource(try rewound(source, peeked), windowLimit: limits.window)
                default: try filter(rewound(source, peeked), kind, &layers)
                }
            let metered = MeteredSource(inflated, meter)
            source = stack.count == 1 && layers == 1 ? readAhead(of: metered) : metered
            path = path.droppingSuffix(of: kind)
        }
    }

    private func gzip(_ source: any ByteSource, isOutermost: Bool) -> any InflatingSource {
        guard isOutermost, readsAhead == .manyCallers else {
            return GzipSource(source, keepsResumePoints: resumeFolder != nil)
        }
        let layer = GzipMembersSource(source, keepsResumePoints: resumeFolder != nil)
        control.begin(layer.ahead)
        return layer
    }

    /// Only the outermost layer is worth it: there the bytes are many.
    private func readAhead(of source: any ByteSource) -> any ByteSource {
        guard let readsAhead else { return source }
        // The layer and what it reads are this thread's until now. From here on they are reached through the queue
        // alone: no entry gives them a second time, and `way` keeps only the resume points, which any thread may use.
        nonisolated(unsafe) let layer = source
        let ahead = unsafe ReadAhead(layer, by: readsAhead)
        control.begin(ahead.queue)
        return ahead
    }

    private func filter(_ source: any ByteSource, _ kind: ContentKind, _ layers: inout Int) throws -> FilterSource {
        let filter = try FilterSource(source, format: kind)
        layers += filter.layers - 1
        if layers > limits.layers { throw ArchiveFault.overLimit(.layers, limits.layers) }
        return filter
    }

    /// A file is read from its front again, so that formats which seek can do so.
    private func rewound(_ source: any ByteSource, _ peeked: PeekedSource) throws -> any ByteSource {
        guard let file = source.seekable else { return peeked }
        try file.seek(to: 0)
        return file
    }
}

private final class SingleEntry: PackedEntrySequence {
    private var entry: PackedEntry?

    convenience init(_ source: any ByteSource, name: String) {
        self.init(PackedEntry(path: name, origin: name, content: .file(source), isAlone: true))
    }

    /// `entry`: nil where it was given before.
    init(_ entry: PackedEntry?) { self.entry = entry }

    func next() -> PackedEntry? {
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
