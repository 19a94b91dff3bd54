import BackupArchives
import BackupBytes
import BackupLake

/// Rows that wait on disk for their structure: as they are while they are few, then as the archive's own bytes; where
/// there is no such archive, or they are not long enough for it, they are compressed again.
final class Spill {
    /// Where the rows of a file wait.
    enum Rows: Codable, Sendable {
        case plain(SpillFile.Segment)
        case compressedAgain(SpillFile.Segment)
        case inArchive(ArchiveCopy.Segment)
    }

    /// Where reading them again can be resumed.
    enum Point: Codable, Sendable {
        case plain
        case compressedAgain(InflatingResumePoint)
        case inArchive(UnpackingResumePoint)
    }

    /// What another process needs beside the files.
    struct ResumePoint: Codable, Sendable {
        var file: SpillFile.ResumePoint
        var copy: ArchiveCopy.ResumePoint?
        var cost: SpillCost
    }

    /// The rows once more.
    struct Reading {
        let source: PeekedSource
        let rows: Rows
        /// The last point at or before an offset of the rows; nil: there is none.
        let point: (_ offset: Int) -> Point?
    }

    private let file: SpillFile
    /// nil: the input is no stream.
    let copy: ArchiveCopy?
    private let limits: UnpackingLimits
    private let folder: String
    private let slab = Slab()
    private(set) var cost = SpillCost()

    /// `logs`: where the files lie if another process is to find them.
    init(_ options: ExportOptions, logs: WorkFolder.Logs?, isStream: Bool, at point: ResumePoint? = nil) throws {
        folder = options.temporaryFolder
        limits = options.limits.unpacking
        let limit = options.limits.spill
        file = try SpillFile(
            SpillStorage(path: logs?.spill, folder: folder), folder: folder, limit: limit,
            plainLimit: options.limits.plainSpill, at: point?.file)
        copy =
            isStream
            ? try ArchiveCopy(SpillStorage(path: logs?.copy, folder: folder), limit: limit, at: point?.copy) : nil
        cost = point?.cost ?? SpillCost()
    }

    // MARK: In

    /// The file that the walk is at waits; `point` is its first byte, as far as that can be said. `isRanged`: it will
    /// be read in any order.
    func begin(at point: UnpackingResumePoint?, isRanged: Bool) throws -> Rows {
        if isRanged { return .compressedAgain(file.begin()) }
        try copy?.decide(waits: true, at: point)
        if let size = point?.fileBytes, let segment = file.beginPlain(bytes: size) { return .plain(segment) }
        return copy?.begin(at: point).map { .inArchive($0) } ?? .compressedAgain(file.begin())
    }

    /// The file that the walk is at is read at once.
    func pass() throws { try copy?.decide(waits: false, at: nil) }

    /// Adds a slab of `source`.
    /// - Returns: false at its end.
    func add(to rows: inout Rows, from source: any ByteSource) throws -> Bool {
        slab.reset()
        while slab.end < slab.capacity {
            let count = try source.read(into: slab.room)
            if count == 0 { break }
            slab.end += count
        }
        let isAtEnd = slab.count == 0
        cost.bytes += slab.count
        if isAtEnd { cost.parts += 1 }
        switch rows {
        case .plain(var segment):
            if isAtEnd { return false }
            try write(to: &segment)
            rows = .plain(segment)
        case .compressedAgain(var segment):
            if isAtEnd { return false }
            try write(to: &segment)
            rows = .compressedAgain(segment)
        case .inArchive(var segment):
            guard isAtEnd, let start = segment.start.compressedStart else { return !isAtEnd }
            copy?.end(&segment)
            cost.compressedBytes += segment.end - start
            rows = .inArchive(segment)
        }
        return !isAtEnd
    }

    private func write(to segment: inout SpillFile.Segment) throws {
        let began = ContinuousClock.now, before = segment.compressedBytes
        try file.add(slab.bytes, to: &segment)
        cost.compressedBytes += segment.compressedBytes - before
        cost.seconds += (ContinuousClock.now - began).seconds
    }

    // MARK: Out

    /// The rows again, from the point before so many of their bytes on. `isAhead`: false where nobody reads them as a
    /// stream.
    func read(
        _ rows: Rows, from point: Point? = nil, offset: Int = 0, isAhead: Bool = true
    ) throws -> Reading {
        switch (rows, point) {
        case (.plain(let segment), nil), (.plain(let segment), .plain?):
            let source = PeekedSource(try file.plainStream(segment, offset: offset))
            return Reading(source: source, rows: rows) { _ in .plain }
        case (.compressedAgain(let segment), nil), (.compressedAgain(let segment), .compressedAgain?):
            var inflated: InflatingResumePoint?
            if case .compressedAgain(let known)? = point { inflated = known }
            let (source, points) = try file.stream(segment, from: inflated, offset: offset, isAhead: isAhead)
            return Reading(source: PeekedSource(source), rows: rows) {
                points.last(upTo: $0).map { .compressedAgain($0) }
            }
        case (.inArchive(let segment), nil), (.inArchive(let segment), .inArchive?):
            var start: UnpackingResumePoint?
            if case .inArchive(let known)? = point { start = known }
            guard let copy, start.map({ $0.offset == offset }) ?? (offset == 0) else { throw RecordDamaged() }
            let (unpacking, source) = try copy.open(segment, at: start, limits: limits, folder: folder)
            return Reading(source: source, rows: rows) {
                let point = unpacking.resumePoint(offset: $0)
                return point.shortcut == nil ? nil : .inArchive(point)
            }
        default: throw RecordDamaged()
        }
    }

    /// The rows again, in any order.
    func ranges(_ rows: Rows) throws -> SpilledRanges {
        guard case .compressedAgain(let segment) = rows else { throw RecordDamaged() }
        return try file.ranges(segment)
    }

    /// What an earlier process has noted lies in what it has written.
    func check(_ rows: Rows, isWhole: Bool) throws {
        switch rows {
        case .plain(let segment), .compressedAgain(let segment): try file.check(segment)
        case .inArchive(let segment): try copy?.check(segment, isWhole: isWhole)
        }
    }

    /// Nobody in this process reads them any more.
    func leave(_ rows: Rows) {
        switch rows {
        case .plain(let segment), .compressedAgain(let segment): file.leave(segment)
        case .inArchive(let segment): copy?.leave(segment)
        }
    }

    // MARK: Resuming

    /// What is needed to resume here; nil: another process would not find what waits. `freed` may be called only when
    /// that has reached the disk, so that no process resumes at an earlier point.
    func resumePoint() -> (point: ResumePoint, freed: @Sendable () -> Void)? {
        guard file.isResumable, copy?.isResumable ?? true else { return nil }
        let (file, freed) = file.resumePoint(), copy = copy?.resumePoint()
        return (
            ResumePoint(file: file, copy: copy?.point, cost: cost),
            {
                freed()
                copy?.freed()
            }
        )
    }
}
