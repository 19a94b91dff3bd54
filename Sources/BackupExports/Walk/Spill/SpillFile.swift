import BackupArchives
import BackupBytes
import BackupLake
import Foundation

/// Files of rows that wait on disk for their structure, one after another in one file. The room of what has been read
/// again is given back to the disk as a hole in the file.
///
/// Those whose length is known wait as they are, while all of them take no more than `plainLimit`. The others are
/// compressed.
final class SpillFile {
    /// Where one file of rows lies.
    struct Segment: Codable, Sendable {
        var offset: Int
        var compressedBytes = 0
        /// It waits as it is.
        var isPlain = false
        /// Worth a thread that inflates ahead.
        var isLong: Bool { compressedBytes > Slab.usualCapacity }
        var range: Range<Int> { offset ..< offset + compressedBytes }
    }

    /// What another process needs beside the file.
    struct ResumePoint: Codable, Sendable {
        var end: Int
        var waiting: Int
        var plain: Int
        /// Read again since the point before.
        var left: [Segment]
    }

    private let storage: SpillStorage
    private let limit: Int, plainLimit: Int
    private var end = 0
    /// Bytes that have not been read again, and those of them that wait as they are.
    private var waiting = 0, plain = 0
    private var left: [Segment] = []
    private let compressor = ZstdCompressor(level: 1)
    /// Where windows of the resume points of what is read again lie.
    private let folder: String

    /// `limit`: bytes that wait at the same time, as they lie. `point`: what an earlier process had written.
    init(_ storage: SpillStorage, folder: String, limit: Int, plainLimit: Int, at point: ResumePoint? = nil) throws {
        self.storage = storage
        self.folder = folder
        (self.limit, self.plainLimit) = (limit, plainLimit)
        guard let point else { return }
        (end, waiting, plain) = (point.end, point.waiting, point.plain)
        try storage.reopen(length: end)
        for segment in point.left { storage.makeHole(segment.range) }
    }

    // MARK: In

    func begin() -> Segment { Segment(offset: end) }

    /// A file of so many bytes, to wait as it is; nil where it has to be compressed.
    func beginPlain(bytes: Int) -> Segment? {
        guard bytes <= plainLimit - plain, storage.reserve(end ..< end + bytes) else { return nil }
        return Segment(offset: end, isPlain: true)
    }

    func add(_ bytes: UnsafeRawBufferPointer, to segment: inout Segment) throws {
        if segment.isPlain {
            try storage.write(bytes, at: end)
            plain += bytes.count
            return note(bytes.count, &segment)
        }
        let frame = compressor.frame(bytes)
        guard waiting + frame.count <= limit else { throw SpillStorage.overLimit(limit) }
        try frame.withUnsafeBytes { try storage.write($0, at: end) }
        note(frame.count, &segment)
    }

    private func note(_ count: Int, _ segment: inout Segment) {
        end += count
        segment.compressedBytes += count
        waiting += count
    }

    // MARK: Out

    /// The bytes again, from `offset` on, read ahead by a thread of its own where that is worth one; and where what
    /// inflates them can be resumed. `point`: such a point at or before `offset`. `isAhead`: false where nobody
    /// reads it as a stream.
    func stream(
        _ segment: Segment, from point: InflatingResumePoint? = nil, offset: Int = 0, isAhead: Bool = true
    ) throws -> (source: any ByteSource, points: InflatingResumePoints) {
        if segment.isLong && isAhead {
            let layer = try inflater(segment, from: point, offset: offset), points = layer.resumePoints
            return (ReadAhead(layer), points)
        }
        let layer = try inflater(segment, from: point, offset: offset)
        return (layer, layer.resumePoints)
    }

    private func inflater(
        _ segment: Segment, from point: InflatingResumePoint?, offset: Int
    ) throws -> sending ZstdSource {
        try check(segment)
        let start = min(segment.offset + (point?.packed ?? 0), segment.range.upperBound)
        let packed = StoredSource(storage, start ..< segment.range.upperBound)
        guard let point else { return ZstdSource(packed, resumeFolder: storage.isNamed ? folder : nil) }
        guard case .zstd(let inside) = point else { throw RecordDamaged() }
        let layer = try ZstdSource(packed, at: inside, resumeFolder: folder, windowLimit: Slab.usualCapacity)
        guard try layer.advance(from: point.inflated, to: offset) else { throw RecordDamaged() }
        return layer
    }

    /// The bytes of one that waits as it is, from `offset` on.
    func plainStream(_ segment: Segment, offset: Int) throws -> StoredSource {
        try check(segment)
        guard segment.isPlain, (0 ... segment.compressedBytes).contains(offset) else { throw RecordDamaged() }
        return StoredSource(storage, segment.offset + offset ..< segment.range.upperBound)
    }

    /// The bytes again, in any order.
    func ranges(_ segment: Segment) throws -> SpilledRanges {
        try check(segment)
        return SpilledRanges(
            try ZstdFrames(frameSize: Slab.usualCapacity) { [storage] offset, room in
                let left = max(0, segment.compressedBytes - offset)
                return try storage.read(into: .init(rebasing: room.prefix(left)), at: segment.offset + offset)
            })
    }

    /// A segment that an earlier process has noted lies in what it has written.
    func check(_ segment: Segment) throws {
        guard (0 ... end).contains(segment.offset), (0 ... end - segment.offset).contains(segment.compressedBytes)
        else { throw RecordDamaged() }
    }

    /// Nobody in this process reads it any more.
    func leave(_ segment: Segment) {
        waiting -= segment.compressedBytes
        if segment.isPlain { plain -= segment.compressedBytes }
        if storage.isNamed { left.append(segment) } else { storage.makeHole(segment.range) }
    }

    // MARK: Resuming

    /// Whether another process would find what waits.
    var isResumable: Bool { storage.isResumable }

    /// What is needed to resume here. `freed` may be called only when that has reached the disk, so that no process
    /// resumes at an earlier point.
    func resumePoint() -> (point: ResumePoint, freed: @Sendable () -> Void) {
        defer { left = [] }
        return (
            ResumePoint(end: end, waiting: waiting, plain: plain, left: left),
            { [storage, left] in for segment in left { storage.makeHole(segment.range) } }
        )
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
