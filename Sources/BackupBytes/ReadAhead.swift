/// Reads a source a few slabs ahead of its reader: where inflating and parsing overlap. What other threads may call is
/// the queue's.
package final class ReadAhead: LendingSource {
    /// Who reads ahead.
    package enum Driver: Sendable {
        /// A thread of its own, from the first read on.
        case ownThread
        /// The threads that call `readOn`, and the reader where none has.
        case callers
        /// The same, where there are more of them than a layer and what reads it keep busy.
        case manyCallers
    }

    package let length: Int?
    package let queue: ReadAheadQueue
    private let driver: Driver
    private var stage: Stage?
    private var current: Slab?

    package init(_ source: sending any ByteSource, by driver: Driver = .ownThread, slabs: Int = 8) {
        length = source.length
        self.driver = driver
        queue = ReadAheadQueue(source, capacity: slabs)
    }

    /// A reader that is gone before the end: its thread ends.
    deinit { queue.end() }

    package var canceller: (any ReadCanceller)? { queue }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let slab = try nextSlab() else { return 0 }
        let count = min(buffer.count, slab.count)
        unsafe buffer.baseAddress?.copyMemory(from: slab.base + slab.start, byteCount: count)
        slab.start += count
        return count
    }

    package func next() throws -> UnsafeRawBufferPointer? {
        guard let slab = try nextSlab() else { return nil }
        let bytes = unsafe slab.bytes
        slab.start = slab.end
        return unsafe bytes
    }

    /// A slab with unread bytes.
    private func nextSlab() throws -> Slab? {
        if let slab = current {
            if slab.count > 0 { return slab }
            current = nil
            queue.pool.giveBack(slab)
        }
        switch driver {
        case .callers, .manyCallers: while !queue.isAtHand && queue.readOn() {}
        case .ownThread:
            if stage == nil {
                stage = try Stage("sluice.read") { [queue] in while queue.waitForRoom() { _ = queue.readOn() } }
            }
        }
        current = try queue.take()
        return current
    }
}
