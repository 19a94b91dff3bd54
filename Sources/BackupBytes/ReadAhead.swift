/// Reads a source a few slabs ahead of its reader: where inflating and parsing overlap.
package final class ReadAhead: LendingSource, @unchecked Sendable {
    /// Who reads ahead.
    package enum Driver: Sendable {
        /// A thread of its own, from the first read on.
        case ownThread
        /// Whoever calls `readOn`, and the reader where nobody has.
        case callers
    }

    private let source: any ByteSource
    private let driver: Driver
    private let queue: Queue
    private var stage: Stage?
    private var current: Slab?

    package init(_ source: any ByteSource, by driver: Driver = .ownThread, slabs: Int = 8) {
        self.source = source
        self.driver = driver
        queue = Queue(source, capacity: slabs)
    }

    /// A reader that is gone before the end: its thread ends.
    deinit { queue.cancel() }

    package var length: Int? { source.length }

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

    package func cancel() {
        queue.cancel()
        source.cancel()
    }

    /// Whether a slab, or the end, can be had without waiting. Any thread.
    package var isAtHand: Bool { queue.isAtHand }

    /// Reads some slabs more, if there is room for them and nobody is at it: as many as are worth waking somebody for,
    /// or one where the source is slow. Any thread; blocks as the source does.
    /// - Returns: whether it has read.
    package func readOn() -> Bool { queue.readOn() }

    /// A slab with unread bytes.
    private func nextSlab() throws -> Slab? {
        if let slab = current {
            if slab.count > 0 { return slab }
            current = nil
            queue.pool.giveBack(slab)
        }
        switch driver {
        case .callers: while !queue.isAtHand && queue.readOn() {}
        case .ownThread:
            if stage == nil {
                stage = try Stage("sluice.read") { [queue] in while queue.waitForRoom() { _ = queue.readOn() } }
            }
        }
        current = try queue.take()
        return current
    }

    /// What its threads share.
    private final class Queue: @unchecked Sendable {
        let pool: SlabPool
        private let source: any ByteSource
        private let capacity: Int
        private let gate = Gate()
        private let hasOutcome = Gate.Condition(), hasRoom = Gate.Condition()
        private var full: [Slab] = []
        private var isReading = false
        /// For a slab. To wake a thread takes some tens of microseconds.
        private static let slow = Duration.milliseconds(2)
        private var ending: Result<Void, any Error>?

        init(_ source: any ByteSource, capacity: Int) {
            self.source = source
            self.capacity = capacity
            pool = SlabPool(limit: capacity + 2)
        }

        var isAtHand: Bool { gate.locked { isThereOutcome } }
        private var isThereOutcome: Bool { !full.isEmpty || ending != nil }
        private var isThereRoom: Bool { full.count < capacity && ending == nil }

        func readOn() -> Bool {
            guard gate.locked({ beginReading() }) else { return false }
            var goesOn = true
            while goesOn {
                let began = ContinuousClock.now, slab = pool.take(), outcome = Result { try fill(slab) }
                let isSlow = ContinuousClock.now - began > Self.slow
                goesOn = gate.locked {
                    put(slab, outcome)
                    isReading = ending == nil && !isSlow && full.count < capacity / 2
                    return isReading
                }
            }
            return true
        }

        private func put(_ slab: Slab, _ outcome: Result<Void, any Error>) {
            gate.broadcast(hasOutcome)
            if ending != nil { return }  // cancelled meanwhile
            if slab.count > 0 { full.append(slab) }
            if slab.count == 0 || outcome.isFailure { ending = outcome }
        }

        private func beginReading() -> Bool {
            guard isThereRoom && !isReading else { return false }
            isReading = true
            return true
        }

        private func fill(_ slab: Slab) throws {
            while slab.end < slab.capacity / 2 {
                let count = try unsafe source.read(into: slab.room)
                if count == 0 { return }
                slab.end += count
            }
        }

        /// Waits for a slab; nil at the end. Throws the error that the source ended with, after what came before it.
        func take() throws -> Slab? {
            try gate.locked {
                while !isThereOutcome { gate.wait(for: hasOutcome) }
                if full.isEmpty {
                    try ending?.get()
                    return nil
                }
                let first = full.removeFirst()
                if full.count <= capacity / 2 { gate.signal(hasRoom) }
                return first
            }
        }

        /// Until half of it is free. false at the end.
        func waitForRoom() -> Bool {
            gate.locked {
                while ending == nil && full.count > capacity / 2 { gate.wait(for: hasRoom) }
                return ending == nil
            }
        }

        /// From now on `take` throws `CancellationError`.
        func cancel() {
            gate.locked {
                full.removeAll()
                ending = .failure(CancellationError())
                gate.broadcast(hasOutcome)
                gate.broadcast(hasRoom)
            }
        }
    }
}

extension Result {
    fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
