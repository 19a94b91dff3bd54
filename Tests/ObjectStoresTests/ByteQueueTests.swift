import Foundation
import Testing

@testable import ObjectStores

@Suite struct ByteQueueTests {
    @Test(arguments: [1, 7, 64, 4096], [1, 13, 1000])
    func anySizeOfPiecesAndReadsGivesTheSameBytes(piece: Int, read: Int) async throws {
        let bytes = (0 ..< 5000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 5) }
        let queue = ByteQueue(limit: 100)
        let reader = Task.detached { () -> [UInt8] in
            try await withCheckedThrowingContinuation { done in
                Thread.detachNewThread { done.resume(with: Result { try Self.readAll(queue, by: read) }) }
            }
        }
        for start in stride(from: 0, to: bytes.count, by: piece) {
            let count = min(piece, bytes.count - start)
            // Bytes before and after the piece's own must not be seen.
            let padded: [UInt8] = [255] + bytes[start ..< (start + count)] + [255]
            await queue.write(ObjectStream.Piece(offset: Int64(start), range: 1 ..< (count + 1), bytes: padded))
        }
        queue.finish()
        #expect(try await reader.value == bytes)
    }

    @Test func anErrorEndsItAtOnceAndTheFirstEndCounts() throws {
        let queue = ByteQueue(limit: 100)
        queue.finish(throwing: CancellationError())
        queue.finish()
        #expect(throws: CancellationError.self) { try Self.readAll(queue, by: 10) }
    }

    private static func readAll(_ queue: ByteQueue, by size: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
        defer { buffer.deallocate() }
        while case let count = try queue.read(into: buffer), count > 0 { all += buffer[..<count] }
        return all
    }
}
