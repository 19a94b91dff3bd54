/// Reads a source a few slabs ahead of its reader: where inflating and parsing overlap.
///
/// Unchecked because of the slab that is lent. The rule: `current` and `stage` are the reader's, who is one thread at a
/// time (`ByteSource`); what other threads may call uses the queue alone.
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
    private final class Queue: Sendable {
        let pool: SlabPool
        private let source: any ByteSource
        private let capacity: Int
        private let gate: Gate<State>
        private static var hasOutcome: Int { 0 }
        private static var hasRoom: Int { 1 }
        /// For a slab. To wake a thread takes some tens of microseconds.
        private static let slow = Duration.milliseconds(2)

        private struct State {
            var full: [Slab] = []
            var isReading = false
            var ending: Result<Void, any Error>?

            var isThereOutcome: Bool { !full.isEmpty || ending != nil }

            mutating func put(_ slab: Slab, _ outcome: Result<Void, any Error>) {
                if ending != nil { return }  // cancelled meanwhile
                if slab.count > 0 { full.append(slab) }
                if slab.count == 0 || outcome.isFailure { ending = outcome }
            }
        }

        init(_ source: any ByteSource, capacity: Int) {
            self.source = source
            self.capacity = capacity
            pool = SlabPool(limit: capacity + 2)
            gate = Gate(State(), conditions: 2)
        }

        var isAtHand: Bool { gate.withLock { $0.isThereOutcome } }

        func readOn() -> Bool {
            guard gate.withLock({ beginReading(&$0) }) else { return false }
            var goesOn = true
            while goesOn {
                let began = ContinuousClock.now, slab = pool.take(), outcome = Result { try fill(slab) }
                let isSlow = ContinuousClock.now - began > Self.slow
                goesOn = gate.withLock { state in
                    state.put(slab, outcome)
                    state.isReading = state.ending == nil && !isSlow && state.full.count < capacity / 2
                    return state.isReading
                }
                gate.broadcast(Self.hasOutcome)
            }
            return true
        }

        private func beginReading(_ state: inout State) -> Bool {
            if state.full.count >= capacity || state.ending != nil || state.isReading { return false }
            state.isReading = true
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
            let outcome = gate.wait(for: Self.hasOutcome) { state -> Result<Slab?, any Error>? in
                if state.full.isEmpty { return state.ending?.map { nil } }
                let first = state.full.removeFirst()
                if state.full.count <= capacity / 2 { gate.signal(Self.hasRoom) }
                return .success(first)
            }
            return try outcome.get()
        }

        /// Until half of it is free. false at the end.
        func waitForRoom() -> Bool {
            gate.wait(for: Self.hasRoom) { state in
                if state.ending != nil { return false }
                return state.full.count > capacity / 2 ? nil : true
            }
        }

        /// From now on `take` throws `CancellationError`.
        func cancel() {
            gate.withLock { state in
                state.full.removeAll()
                state.ending = .failure(CancellationError())
            }
            gate.broadcast(Self.hasOutcome)
            gate.broadcast(Self.hasRoom)
        }
    }
}

extension Result {
    fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
