import BackupBytes
import Foundation
import TestSupport
import Testing

/// Who reads ahead is not seen in the bytes.
@Suite struct ReadAheadTests {
    /// Gives some bytes, then fails, once; then it would continue as if nothing had been.
    private final class FailingSource: ByteSource {
        struct Failure: Error {}
        private var reads = 0
        let length: Int? = nil

        func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
            reads += 1
            if reads == 3 { throw Failure() }
            buffer.copyBytes(from: [7, 7, 7])
            return 3
        }
    }

    private static let bytes = (0 ..< 3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }

    private func contents(_ source: ReadAhead) throws -> [UInt8] {
        var all: [UInt8] = []
        while let bytes = try source.next() { all += bytes }
        return all
    }

    @Test(arguments: [ReadAhead.Driver.ownThread, .callers], [1000, 70_000, 10_000_000])
    func theBytesAreThoseOfTheSource(driver: ReadAhead.Driver, chunk: Int) throws {
        #expect(try contents(ReadAhead(BytesSource(Self.bytes, chunk: chunk), by: driver)) == Self.bytes)
    }

    @Test func manyThreadsMayReadOnForOneReader() throws {
        let source = ReadAhead(BytesSource(Self.bytes, chunk: 10_000), by: .callers, slabs: 2)
        let queue = source.queue
        let helpers = try (0 ..< 3).map { number in
            try Stage("helper.\(number)") { while !(queue.isAtHand && !queue.readOn()) { usleep(10) } }
        }
        let all = try contents(source)
        for helper in helpers { helper.join() }
        #expect(all == Self.bytes)
    }

    @Test(arguments: [ReadAhead.Driver.ownThread, .callers])
    func anErrorComesAfterTheBytesBeforeItAndAgain(driver: ReadAhead.Driver) throws {
        let source = ReadAhead(FailingSource(), by: driver)
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
        defer { room.deallocate() }
        #expect(try source.read(into: room) == 6)
        for _ in 0 ..< 3 { #expect(throws: FailingSource.Failure.self) { try source.read(into: room) } }
    }

    @Test(arguments: [ReadAhead.Driver.ownThread, .callers])
    func whatIsCancelledIsNotAnEnd(driver: ReadAhead.Driver) throws {
        let source = ReadAhead(BytesSource(Self.bytes), by: driver)
        _ = try source.next()
        source.queue.cancel()
        #expect(throws: CancellationError.self) { while try source.next() != nil {} }
    }
}
