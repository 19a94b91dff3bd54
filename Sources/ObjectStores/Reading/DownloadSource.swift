import AlibabaCloudCore
import BackupBytes

/// A finished download as a stream of bytes: connections and links that die underneath are replaced, and the end is
/// thrown as an error unless size and checksum are the store's.
///
/// The last bytes are held back until the checksum is known to be right: a reader that has them all has the store's
/// object.
///
/// Memory: 4 MiB wait between the network and the reader. Letting go of the source closes the connection.
public final class DownloadSource: RestartableByteSource, ReadCanceller {
    private static let bound = 4 << 20

    /// Bytes of the whole object, those before `start` included.
    public let length: Int?
    /// What the store says the object is: its tag, its size, its checksum. The link has no part in it.
    public let identity: String
    /// The offset in the object at which reading began.
    public let start: Int

    private let queue: ByteQueue
    private let marks: ResumePointMarks
    private let feeder: Task<Void, Never>

    /// Opens the first connection, so that an answer that is no data is thrown here.
    ///
    /// - Parameter point: where to begin, as another source of the same object gave it; at the object's first byte if
    ///   nil.
    package init(_ origin: ObjectOrigin, from point: SourceResumePoint? = nil) async throws {
        let point = point ?? SourceResumePoint(offset: 0, checksum: 0)
        let (identity, handed, servesRanges) = try await Self.open(origin, at: point)
        let (queue, marks) = (ByteQueue(limit: Self.bound), ResumePointMarks(start: point))
        length = Int(identity.size)
        self.identity = identity.text
        start = point.offset
        self.queue = queue
        self.marks = marks
        feeder = Task {
            do {
                try await Self.feed(
                    handed.take(), from: point, to: queue, marks: servesRanges ? marks : nil,
                    checksum: identity.checksum)
                queue.finish()
            } catch {
                queue.finish(throwing: error)
            }
        }
    }

    deinit { cancel() }

    private static func open(
        _ origin: ObjectOrigin, at point: SourceResumePoint
    ) async throws -> (ObjectIdentity, Handoff<ObjectStream>, servesRanges: Bool) {
        let first = Int64(point.offset)
        // From the middle, one byte of the front shows what the object is: an offset at or after its end could not be
        // asked for.
        var stream = ObjectStream(origin: origin, from: 0, to: first > 0 ? 1 : nil, identity: nil)
        let identity = try await stream.open()
        let servesRanges = stream.servesRanges
        if first == 0 { return (identity, Handoff(stream), servesRanges) }
        if first > identity.size {
            throw CloudError(
                .objectChanged, "the object has \(identity.size) bytes, and is to be resumed at byte \(first)",
                advice: "Start over.")
        }
        if identity.checksum != nil && point.checksum == nil {
            throw CloudError(
                .objectChanged,
                "the object has a checksum now, which the bytes before byte \(first) were fetched without",
                advice: "Start over.")
        }
        var rest = ObjectStream(
            origin: origin, from: first, to: first == identity.size ? first : nil, identity: identity)
        if first < identity.size { _ = try await rest.open() }
        return (identity, Handoff(rest), servesRanges)
    }

    private static func feed(
        _ stream: sending ObjectStream?, from point: SourceResumePoint, to queue: ByteQueue, marks: ResumePointMarks?,
        checksum: UInt64?
    ) async throws {
        guard var stream else { return }
        var sum = CRC64(value: point.checksum ?? 0)
        var last: ObjectStream.Piece?
        while let piece = try await stream.next() {
            try Task.checkCancellation()
            if let last { await queue.write(last) }
            if checksum != nil { piece.withBytes { sum.update($0) } }
            marks?.pass(
                SourceResumePoint(
                    offset: Int(piece.offset) + piece.range.count, checksum: checksum == nil ? nil : sum.value))
            last = piece
        }
        if let checksum, checksum != sum.value {
            throw CloudError(
                .damaged, "the checksum is \(sum.value), the store's is \(checksum)", advice: "Fetch it again.")
        }
        if let last { await queue.write(last) }
    }

    /// Waits for the next bytes; 0 at the end, once size and checksum are right.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try queue.read(into: buffer)
    }

    /// The last position at or before `offset` at which another process can resume.
    public func resumePoint(upTo offset: Int) -> SourceResumePoint? { marks.last(upTo: offset) }

    /// Itself.
    public var canceller: (any ReadCanceller)? { self }

    /// Wakes a `read` that waits, and ends the download.
    public func cancel() {
        queue.finish(throwing: CancellationError())
        feeder.cancel()
    }
}
