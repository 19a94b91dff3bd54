import BackupBytes

/// Where an entry's bytes lie in a tar.
package struct TarEntryResumePoint: Codable, Sendable {
    package var start: Int
    package var size: Int
    var end: Int { start + size }
    /// Entries are filled up to blocks of 512 bytes.
    var paddedEnd: Int { start + (size + 511) / 512 * 512 }
}

/// A tar from the middle of an entry on: first the rest of that entry, then those after it.
///
///     … header | done with  ^ the rest of the entry | padding | header | …
final class TarContinuation: PackedEntrySequence {
    private let stream: any ByteSource
    private let entry: TarEntryResumePoint
    private let container: String
    private let entryLimit: Int
    private let rest: EntryRest
    private var archive: ArchiveReader?

    /// `stream` stands at `position` of the tar, inside `entry` or at its end.
    init(
        _ stream: any ByteSource, inside entry: TarEntryResumePoint, at position: Int, container: String,
        entryLimit: Int
    ) {
        self.stream = stream
        self.entry = entry
        self.container = container
        self.entryLimit = entryLimit
        rest = EntryRest(stream, from: position, to: entry.end)
    }

    /// The rest of the entry, to be read before the next is asked for.
    var current: any ByteSource { rest }
    var tarEntry: TarEntryResumePoint? { archive?.tarEntry ?? (archive == nil ? entry : nil) }

    func next() throws -> PackedEntry? {
        if let archive { return try archive.next() }
        guard try stream.advance(from: rest.position, to: entry.paddedEnd) else {
            throw ArchiveFault.truncated(format: "tar", offset: entry.end)
        }
        let archive = try ArchiveReader(
            stream, format: .tar, container: container, entryLimit: entryLimit, streamOffset: entry.paddedEnd)
        self.archive = archive
        return try archive.next()
    }
}

private final class EntryRest: ByteSource {
    private let stream: any ByteSource
    /// In the tar.
    private(set) var position: Int
    private let end: Int

    init(_ stream: any ByteSource, from position: Int, to end: Int) {
        self.stream = stream
        self.position = position
        self.end = end
    }

    var length: Int? { nil }
    var canceller: (any ReadCanceller)? { stream.canceller }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard position < end else { return 0 }
        let count = try unsafe stream.read(into: .init(rebasing: buffer.prefix(end - position)))
        if count == 0 { throw ArchiveFault.truncated(format: "tar", offset: position) }
        position += count
        return count
    }
}
