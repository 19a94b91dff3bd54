import BackupArchives
import BackupBytes
import DequeModule

/// The entries of an input, with those that a search for a structure has met before the walk.
///
///     … orders.csv | structure.sql | people.csv …     the walk is at orders.csv, whose structure is missing
///       ░░░░░░░░░░   ░░░░░░░░░░░░░                   kept on disk as they are, for the walk comes to them yet
///
/// Only in a compressed archive, of which nothing can be skipped: to keep a file costs a fifth of inflating it again.
final class EntriesAhead {
    enum Step {
        /// The next one, to be learned from. It is kept.
        case entry(Entry)
        case end
        /// What follows cannot be kept.
        case full
    }

    private let unpacking: Unpacking
    private let storage: SpillStorage
    private let limit: Int
    /// Of what is kept.
    private var end = 0
    /// What the walk has still to come to.
    private var met: Deque<Met> = []
    /// What the walk is at; nil: what the unpacking is at.
    private var current: Kept?
    private var isAtEnd = false
    private static let mostEntries = 65_536

    private enum Met {
        case kept(Header, Kept)
        case refused(Entry)
        /// What the unpacking is at, and so the last one.
        case next(Entry)
    }

    private struct Header {
        var path: String
        var origin: String
        var kind: ContentKind
    }

    private struct Kept {
        var range: Range<Int>
        /// Its first byte.
        var start: UnpackingResumePoint
    }

    /// `limit`: bytes that are kept at the same time, in a file without a name in `folder`.
    init(_ unpacking: Unpacking, folder: String, limit: Int) {
        self.unpacking = unpacking
        self.limit = limit
        storage = SpillStorage(path: nil, folder: folder)
    }

    var control: UnpackingControl { unpacking.control }

    /// The next entry of the walk.
    func next() throws -> Entry? {
        if let current { storage.makeHole(current.range) }
        current = nil
        switch met.popFirst() {
        case .kept(let header, let kept):
            current = kept
            return entry(header, kept)
        case .refused(let entry), .next(let entry): return entry
        case nil:
            end = 0
            return isAtEnd ? nil : try unpacking.next()
        }
    }

    /// Where the walk is, after so many bytes of its file.
    func resumePoint(offset: Int) -> UnpackingResumePoint {
        current?.start.moved(to: offset) ?? unpacking.resumePoint(offset: offset)
    }

    // MARK: Ahead

    /// Keeps the file that the walk is at, so that others can be met.
    /// - Returns: what it is read from then; nil: it cannot be kept.
    func keepCurrent(_ source: PeekedSource) throws -> PeekedSource? {
        guard current == nil, met.isEmpty, !isAtEnd else { return source }
        guard unpacking.isCompressedArchive else { return nil }
        current = try keep(source, bytes: unpacking.fileBytes)
        return current.map(source(of:))
    }

    /// The next entry that nobody has met. `isPassedBy`: the walk looks at no more of it than its first bytes.
    func ahead(isPassedBy: (Entry, UnsafeRawBufferPointer) -> Bool) throws -> Step {
        if case .next? = met.last { return .full }
        guard unpacking.isCompressedArchive, met.count < Self.mostEntries else { return .full }
        guard let entry = isAtEnd ? nil : try unpacking.next() else {
            isAtEnd = true
            return .end
        }
        guard case .file(let kind, let source) = entry.content else {
            met.append(.refused(entry))
            return .entry(entry)
        }
        let head = try source.peek(EntryRole.headLength), whole = PeekedSource(BytesSource(Array(head)))
        let kept =
            isPassedBy(entry, head)
            ? try keep(whole, bytes: head.count) : try keep(source, bytes: unpacking.fileBytes)
        guard let kept else {
            met.append(.next(entry))
            return .full
        }
        let header = Header(path: entry.path, origin: entry.origin, kind: kind)
        met.append(.kept(header, kept))
        return .entry(self.entry(header, kept))
    }

    private func keep(_ source: PeekedSource, bytes: Int?) throws -> Kept? {
        guard let bytes, bytes <= limit - end, storage.reserve(end ..< end + bytes) else { return nil }
        let start = unpacking.resumePoint(offset: 0), slab = Slab(), from = end
        while true {
            slab.reset()
            slab.end = try source.read(into: slab.room)
            if slab.count == 0 { break }
            try storage.write(slab.bytes, at: end)
            end += slab.count
        }
        return Kept(range: from ..< end, start: start)
    }

    private func entry(_ header: Header, _ kept: Kept) -> Entry {
        Entry(path: header.path, origin: header.origin, content: .file(header.kind, source(of: kept)))
    }

    private func source(of kept: Kept) -> PeekedSource { PeekedSource(StoredSource(storage, kept.range)) }
}
