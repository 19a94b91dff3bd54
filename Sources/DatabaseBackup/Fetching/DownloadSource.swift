import AlibabaCloudCore
import BackupBytes

/// A finished download as a stream of bytes: connections and links that die underneath are replaced, and the end is thrown as an error
/// unless size and checksum are the store's.
///
/// Memory: 4 MiB wait between the network and the reader. Letting go of the source closes the connection.
public final class DownloadSource: ByteSource {
    private static let bound = 4 << 20

    /// Bytes in all.
    public let length: Int?

    private let queue: ByteQueue
    private let feeder: Task<Void, Never>

    /// Opens the first connection, so that an answer that is no data is thrown here.
    init(_ store: ObjectStore) async throws {
        var stream = ObjectStream(store: store, from: 0, to: nil, identity: nil)
        let identity = try await stream.open()
        let queue = ByteQueue(limit: Self.bound)
        let handed = HandedStream(stream)
        length = Int(identity.size)
        self.queue = queue
        feeder = Task {
            do {
                try await Self.feed(handed.take(), to: queue, checksum: identity.checksum)
                queue.finish()
            } catch {
                queue.finish(throwing: error)
            }
        }
    }

    deinit { cancel() }

    private static func feed(_ stream: sending ObjectStream?, to queue: ByteQueue, checksum: UInt64?) async throws {
        guard var stream else { return }
        var sum = CRC64()
        while let piece = try await stream.next() {
            try Task.checkCancellation()
            if checksum != nil { piece.withBytes { sum.update($0) } }
            await queue.write(piece)
        }
        if let checksum, checksum != sum.value {
            throw CloudError(.damaged, "the checksum is \(sum.value), the store's is \(checksum)", advice: "Fetch it again.")
        }
    }

    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try queue.read(into: buffer)
    }

    public func cancel() {
        queue.finish(throwing: CancellationError())
        feeder.cancel()
    }
}
