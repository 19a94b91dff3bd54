import BackupArchives
import BackupBytes
import BackupLake
import Foundation

/// Files of rows that wait on disk for their structure: compressed, one after another in one file. The room of what has
/// been read again is given back to the disk as a hole in the file.
final class SpillFile {
    /// Where one file of rows lies.
    struct Segment: Codable, Sendable {
        var offset: Int
        var compressedBytes = 0
        /// Worth a thread that inflates ahead.
        var isLong: Bool { compressedBytes > Slab.usualCapacity }
        var range: Range<Int> { offset ..< offset + compressedBytes }
    }

    /// What another process needs beside the file.
    struct ResumePoint: Codable, Sendable {
        var end: Int
        var waiting: Int
        /// Read again since the point before.
        var left: [Segment]
    }

    private let storage: SpillStorage
    private let limit: Int
    private var end = 0
    /// Compressed bytes that have not been read again.
    private var waiting = 0
    private var left: [Segment] = []
    private let compressor = ZstdCompressor(level: 1)
    /// Where windows of the resume points of what is read again lie.
    private let folder: String

    /// `limit`: compressed bytes that wait at the same time. `point`: what an earlier process had written.
    init(_ storage: SpillStorage, folder: String, limit: Int, at point: ResumePoint? = nil) throws {
        self.storage = storage
        self.folder = folder
        self.limit = limit
        guard let point else { return }
        (end, waiting) = (point.end, point.waiting)
        try storage.reopen(length: end)
        for segment in point.left { storage.makeHole(segment.range) }
    }

    // MARK: In

    func begin() -> Segment { Segment(offset: end) }

    func add(_ bytes: UnsafeRawBufferPointer, to segment: inout Segment) throws {
        let frame = compressor.frame(bytes)
        guard waiting + frame.count <= limit else { throw SpillStorage.overLimit(limit) }
        try frame.withUnsafeBytes { try storage.write($0, at: end) }
        end += frame.count
        segment.compressedBytes += frame.count
        waiting += frame.count
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
            ResumePoint(end: end, waiting: waiting, left: left),
            { [storage, left] in for segment in left { storage.makeHole(segment.range) } }
        )
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
