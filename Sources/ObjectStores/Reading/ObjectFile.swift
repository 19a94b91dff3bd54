import AlibabaCloudCore
import BackupBytes
import Synchronization

/// An object as a file: read from front to back on one connection, or at any offset by ranges.
///
/// The store's checksum, where it has one, is compared when all of it was read from front to back; the last bytes are
/// held back until then.
///
/// Memory: 4 MiB wait between the network and the reader, and 16 MiB around short reads at offsets.
final class ObjectFile: SeekableByteSource {
    private static let bound = 4 << 20

    private let origin: ObjectOrigin
    private let identity: ObjectIdentity
    private var position = 0
    private var stream: Feed?
    private var near = NearBytes()
    private let running = RunningFeeds()

    /// A range of the object on its way to the reader.
    private struct Feed {
        let queue: ByteQueue
        let task: Task<Void, Never>

        func end() {
            queue.finish(throwing: CancellationError())
            task.cancel()
        }
    }

    /// - Parameter identity: what the object must be, from the first byte to the last.
    init(_ origin: ObjectOrigin, identity: ObjectIdentity) {
        self.origin = origin
        self.identity = identity
    }

    deinit { stream?.end() }

    var length: Int? { Int(identity.size) }
    var canceller: (any ReadCanceller)? { running }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard position < Int(identity.size), !buffer.isEmpty else { return 0 }
        let stream = try self.stream ?? feed(from: position, to: nil)
        self.stream = stream
        let count = try stream.queue.read(into: buffer)
        position += count
        return count
    }

    func seek(to offset: Int) throws {
        if offset == position { return }
        stream.take().map(end)
        position = offset
    }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let size = Int(identity.size), wanted = min(buffer.count, size - offset)
        guard wanted > 0 else { return 0 }
        if wanted >= NearBytes.largest {
            try fetch(offset, into: .init(rebasing: buffer[..<wanted]))
        } else {
            try near.copy(offset ..< offset + wanted, of: size, into: buffer) { try fetch($0, into: $1) }
        }
        return wanted
    }

    /// Fills the buffer from `offset` on.
    private func fetch(_ offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
        let range = try feed(from: offset, to: offset + buffer.count)
        defer { end(range) }
        var filled = 0
        while filled < buffer.count {
            let count = try range.queue.read(into: .init(rebasing: buffer[filled...]))
            if count == 0 { throw CloudError(.network, "the object ended early", canRetry: true) }
            filled += count
        }
    }

    private func feed(from start: Int, to end: Int?) throws -> Feed {
        let queue = ByteQueue(limit: Self.bound)
        try running.add(queue)
        let task = Task { [origin, identity] in
            var bytes = ObjectStream(
                origin: origin, from: Int64(start), to: end.map(Int64.init), identity: identity)
            let isWhole = start == 0 && end == nil
            var sum = CRC64(), last: ObjectStream.Piece?
            do {
                while let piece = try await bytes.next() {
                    try Task.checkCancellation()
                    if let last { await queue.write(last) }
                    if isWhole { piece.withBytes { sum.update($0) } }
                    last = piece
                }
                if isWhole, let checksum = bytes.identity?.checksum, checksum != sum.value {
                    throw CloudError(
                        .damaged, "the checksum is \(sum.value), the store's is \(checksum)",
                        advice: "Read it again.")
                }
                if let last { await queue.write(last) }
                queue.finish()
            } catch { queue.finish(throwing: error) }
        }
        return Feed(queue: queue, task: task)
    }

    private func end(_ feed: Feed) {
        feed.end()
        running.remove(feed.queue)
    }
}

/// What another thread may end.
private final class RunningFeeds: ReadCanceller {
    private struct State {
        var queues: [ByteQueue] = []
        var isCancelled = false
    }

    private let state = Mutex(State())

    func add(_ queue: ByteQueue) throws(CancellationError) {
        let isCancelled = state.withLock { state in
            state.queues.append(queue)
            return state.isCancelled
        }
        if isCancelled { throw CancellationError() }
    }

    func remove(_ queue: ByteQueue) {
        state.withLock { $0.queues.removeAll { $0 === queue } }
    }

    func cancel() {
        let queues = state.withLock { state in
            state.isCancelled = true
            return state.queues
        }
        for queue in queues { queue.finish(throwing: CancellationError()) }
    }
}
