import BackupArchives
import BackupBytes
import BackupLake
import CLinux
import Foundation

/// Files of rows that wait on disk for their structure: compressed, one after another in one file.
///
/// The file has a name where another process is to resume; without one it disappears with the process, however that
/// ends. The room of what has been read again is given back to the disk as a hole in the file.
final class SpillFile {
    /// Where one file of rows lies.
    struct Segment: Codable, Sendable {
        var offset: Int
        var compressedBytes = 0
        /// Worth a thread that inflates ahead.
        var isLong: Bool { compressedBytes > Slab.usualCapacity }
    }

    /// What another process needs beside the file.
    struct ResumePoint: Codable, Sendable {
        var end: Int
        var waiting: Int
        var cost: SpillCost
        /// Read again since the point before.
        var left: [Segment]
    }

    /// nil: the file has no name.
    private let path: String?
    private let folder: String
    private let limit: Int
    private var file: File?
    private var end = 0
    /// Compressed bytes that have not been read again.
    private var waiting = 0
    private var left: [Segment] = []
    private let compressor = ZstdCompressor(level: 1)
    private let slab = Slab()
    private(set) var cost = SpillCost()

    /// The file itself, shared with those who read it.
    final class File: Sendable {
        let descriptor: Int32
        init(_ descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }

        /// Gives the room of `segments` back, where the file system can do that. Any thread.
        func makeHoles(_ segments: [Segment]) {
            for segment in segments {
                linux_make_hole(descriptor, Int64(segment.offset), Int64(segment.compressedBytes))
            }
        }
    }

    /// `limit`: compressed bytes that wait at the same time. `point`: what an earlier process had written to `path`.
    init(path: String?, folder: String, limit: Int, at point: ResumePoint? = nil) throws {
        self.path = path
        self.folder = folder
        self.limit = limit
        guard let path, let point else { return }
        (end, waiting, cost) = (point.end, point.waiting, point.cost)
        guard end > 0 else { return }
        let file: File
        do { file = File(try NoteFile.reopen(path, length: end)) } catch let failed as SystemFailure {
            throw failure(failed.code)
        }
        file.makeHoles(point.left)
        self.file = file
    }

    // MARK: In

    func begin() -> Segment { Segment(offset: end) }

    /// Adds a slab of `source`.
    /// - Returns: false at its end.
    func add(to segment: inout Segment, from source: any ByteSource) throws -> Bool {
        slab.reset()
        while slab.end < slab.capacity {
            let count = try source.read(into: slab.room)
            if count == 0 { break }
            slab.end += count
        }
        if slab.count == 0 {
            cost.parts += 1
            return false
        }
        let began = ContinuousClock.now
        let frame = compressor.frame(slab.bytes)
        guard waiting + frame.count <= limit else {
            throw ExportError(
                .overLimit, why: "data that waits for its structure takes more than \(limit) bytes, compressed",
                remedy: "convert from a file instead of a pipe, or raise \(.spillLimit)")
        }
        try write(frame)
        segment.compressedBytes += frame.count
        waiting += frame.count
        cost.bytes += slab.count
        cost.compressedBytes += frame.count
        cost.seconds += (ContinuousClock.now - began).seconds
        return true
    }

    private func write(_ frame: Data) throws {
        do {
            let file = try self.file ?? open()
            self.file = file
            try frame.withUnsafeBytes { try Descriptor.write($0, to: file.descriptor, at: end, path: path ?? folder) }
        } catch let failed as SystemFailure { throw failure(failed.code) }
        end += frame.count
    }

    private func open() throws -> File {
        File(try path.map { try NoteFile.create($0) } ?? Descriptor.nameless(in: folder, for: "spilled data"))
    }

    private func failure(_ code: Int32) -> ExportError {
        ExportError(
            code == ENOSPC || code == EDQUOT ? .diskFull : .outputFailed,
            why: "cannot spill to \(path ?? folder): \(String(cString: strerror(code)))",
            remedy: "see \(.spillFolder)")
    }

    // MARK: Out

    /// The bytes again.
    func source(_ segment: Segment) throws -> any ByteSource { try inflater(segment) }

    /// The bytes again, from `offset` on, read ahead by a thread of its own where that is worth one; and where what
    /// inflates them can be resumed. `point`: such a point at or before `offset`. `isAhead`: false where nobody reads
    /// it as a stream.
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
        _ segment: Segment, from point: InflatingResumePoint? = nil, offset: Int = 0
    ) throws -> sending ZstdSource {
        guard let file else { throw RecordDamaged() }
        try check(segment)
        let packed = SegmentSource(file, segment, from: point?.packed ?? 0)
        guard let point else { return ZstdSource(packed, resumeFolder: path == nil ? nil : folder) }
        guard case .zstd(let inside) = point else { throw RecordDamaged() }
        let layer = try ZstdSource(packed, at: inside, resumeFolder: folder, windowLimit: Slab.usualCapacity)
        guard try layer.advance(from: point.inflated, to: offset) else { throw RecordDamaged() }
        return layer
    }

    /// The bytes again, in any order.
    func ranges(_ segment: Segment) throws -> SpilledRanges {
        guard let file else { throw RecordDamaged() }
        try check(segment)
        return SpilledRanges(
            try ZstdFrames(frameSize: Slab.usualCapacity) { [file] offset, room in
                let left = max(0, segment.compressedBytes - offset)
                return try Descriptor.read(
                    into: .init(rebasing: room.prefix(left)), from: file.descriptor, at: segment.offset + offset,
                    path: "spill file")
            })
    }

    /// A segment that an earlier process has noted lies in what it has written.
    func check(_ segment: Segment) throws {
        guard (0 ... end).contains(segment.offset), (0 ... end - segment.offset).contains(segment.compressedBytes)
        else { throw RecordDamaged() }
    }

    /// Nothing in this process reads it any more.
    func leave(_ segment: Segment) {
        waiting -= segment.compressedBytes
        if path == nil { file?.makeHoles([segment]) } else { left.append(segment) }
    }

    // MARK: Resuming

    /// nil: another process would not find what waits.
    var isResumable: Bool { path != nil || file == nil }

    /// What is needed to resume here. `freed` may be called only when that has reached the disk, so that no process
    /// resumes at an earlier point.
    func resumePoint() -> (point: ResumePoint, freed: @Sendable () -> Void) {
        defer { left = [] }
        return (
            ResumePoint(end: end, waiting: waiting, cost: cost, left: left), { [file, left] in file?.makeHoles(left) }
        )
    }
}

private final class SegmentSource: ByteSource {
    private let file: SpillFile.File
    private var offset: Int
    private let end: Int

    init(_ file: SpillFile.File, _ segment: SpillFile.Segment, from start: Int) {
        self.file = file
        offset = min(segment.offset + start, segment.offset + segment.compressedBytes)
        end = segment.offset + segment.compressedBytes
    }

    var length: Int? { end - offset }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try Descriptor.read(
            into: .init(rebasing: buffer.prefix(end - offset)), from: file.descriptor, at: offset, path: "spill file")
        offset += count
        return count
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
