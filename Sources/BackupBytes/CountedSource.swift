import Synchronization

/// How far an input has been read: one thread adds, others look.
package final class ByteCounter: Sendable {
    private let value = Atomic<Int>(0)
    /// Bytes that an earlier run has read of files which this one passes by.
    private let before = Atomic<Int>(0)

    package init() {}

    package var count: Int { value.load(ordering: .relaxed) + before.load(ordering: .relaxed) }
    package func add(_ count: Int) { value.add(count, ordering: .relaxed) }
    /// Of this run alone.
    package var countHere: Int { value.load(ordering: .relaxed) }
    package func set(_ countHere: Int) { value.store(countHere, ordering: .relaxed) }
    package func noteBytesPassedBy(_ count: Int) { before.add(count, ordering: .relaxed) }
}

/// A stream that counts how much of it has been read.
package final class CountedSource: ByteSource {
    private let source: any ByteSource
    private let counter: ByteCounter

    package init(_ source: any ByteSource, _ counter: ByteCounter) {
        self.source = source
        self.counter = counter
    }

    package var length: Int? { source.length }
    package var canceller: (any ReadCanceller)? { source.canceller }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try unsafe source.read(into: buffer)
        counter.add(count)
        return count
    }
}
