import BackupBytes

/// Gzip of which threads with nothing else to do inflate members ahead, where members are short; else a `GzipSource`
/// and nothing more.
///
///     one after another ──▶ a short member has ended, and a thread is idle ──▶ ahead
///          ▲                                                                     │
///          └── a member is long, damaged or the last; or no thread helps ◀──────┘
///
/// All that is not a whole, sound, short member comes from the `GzipSource`, and so every error, too: it is the one
/// that a `GzipSource` alone would report, but for the exact byte where a distance in a damaged member is impossible:
/// by how its input was cut, ISA-L knows that within some bytes only.
@safe package final class GzipMembersSource: InflatingSource {
    package let ahead: GzipMembersAhead
    private let source: RefilledSource
    private let serial: GzipSource
    private var isAhead = false
    private var run: GzipMemberRun?
    private var position = GzipSource.Position()
    /// Chunks that the reader had to do itself, one after another.
    private var ownChunks = 0

    /// So many without help, and it goes back to the plain way.
    private static let mostOwnChunks = 16

    /// `chunkLength`: bytes of the compressed stream that one thread inflates; members of up to half of that are short.
    package init(
        _ source: any ByteSource, keepsResumePoints: Bool = false,
        chunkLength: Int = GzipMembersAhead.usualChunkLength
    ) {
        ahead = GzipMembersAhead(chunkLength: chunkLength)
        self.source = RefilledSource(source)
        serial = GzipSource(self.source, keepsResumePoints: keepsResumePoints)
    }

    package var length: Int? { nil }
    package var canceller: (any ReadCanceller)? { source.canceller }
    package var resumePoints: InflatingResumePoints { serial.resumePoints }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            if !isAhead {
                let before = position
                if let here = serial.betweenMembers, here.members > before.members {
                    position = here
                    let isShort = here.packed - before.packed <= ahead.chunkLength / 2
                    if isShort, ahead.popWanted() {
                        begin()
                        continue
                    }
                }
                return try unsafe serial.read(into: buffer)
            }
            if run == nil, !beginRun() {
                isAhead = false
                source.putBack(ahead.leave(at: position.packed))
                serial.resume(at: position)
                continue
            }
            let count = unsafe copy(into: buffer)
            if count > 0 { return count }
        }
    }

    private func begin() {
        source.putBack(serial.giveBack())
        isAhead = true
        ownChunks = 0
    }

    /// - Returns: false where the members that follow are not for this way.
    private func beginRun() -> Bool {
        load()
        guard ownChunks < Self.mostOwnChunks, let (run, isOwn) = ahead.run(at: position.packed) else { return false }
        ownChunks = isOwn ? ownChunks + 1 : 0
        self.run = run
        return true
    }

    private func load() {
        while ahead.count < GzipMembersAhead.depth, !source.isAtEnd {
            let start = ahead.end ?? position.packed, bytes = source.chunk(ahead.chunkLength)
            ahead.add(bytes.isEmpty ? nil : GzipChunk(start: start, bytes: bytes), isLast: source.isAtEnd)
        }
    }

    private func copy(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while let slab = run?.slabs.first {
            if slab.count > 0 {
                let count = min(slab.count, buffer.count)
                unsafe buffer.baseAddress?.copyMemory(from: slab.base + slab.start, byteCount: count)
                slab.start += count
                return count
            }
            ahead.pool.giveBack(slab)
            run?.slabs.removeFirst()
        }
        if let run {
            position.packed = run.end
            position.inflated += run.inflated
            position.members += run.members
            serial.noteResumePoint(at: position)
        }
        run = nil
        return 0
    }
}
