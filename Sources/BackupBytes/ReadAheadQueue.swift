import DequeModule

/// What a `ReadAhead` and the threads that read for it share: slabs that are full, and the source, which is read by one
/// of them at a time.
package final class ReadAheadQueue: ReadCanceller {
    let pool: SlabPool
    private let source: Exclusive<any ByteSource>
    private let canceller: (any ReadCanceller)?
    private let capacity: Int
    private let gate: Gate<State>
    private static var hasOutcome: Int { 0 }
    private static var hasRoom: Int { 1 }
    /// For a slab. To wake a thread takes some tens of microseconds.
    private static let slow = Duration.milliseconds(2)

    private struct State {
        var full: Deque<Slab> = []
        var isReading = false
        var ending: Result<Void, any Error>?

        var isThereOutcome: Bool { !full.isEmpty || ending != nil }

        mutating func put(_ slab: Slab, _ outcome: Result<Void, any Error>) {
            if ending != nil { return }  // cancelled meanwhile
            if slab.count > 0 { full.append(slab) }
            if slab.count == 0 || outcome.isFailure { ending = outcome }
        }
    }

    init(_ source: sending any ByteSource, capacity: Int) {
        canceller = source.canceller
        self.source = Exclusive(source)
        self.capacity = capacity
        pool = SlabPool(limit: capacity + 2)
        gate = Gate(State(), conditions: 2)
    }

    /// Whether a slab, or the end, can be had without waiting. Any thread.
    package var isAtHand: Bool { gate.withLock { $0.isThereOutcome } }

    /// Reads some slabs more, if there is room for them and nobody is at it: as many as are worth waking somebody for,
    /// or one where the source is slow. Any thread; blocks as the source does.
    /// - Returns: whether it has read.
    package func readOn() -> Bool {
        guard gate.withLock({ beginReading(&$0) }) else { return false }
        var continues = true
        while continues {
            let began = ContinuousClock.now, slab = pool.take(), outcome = Result { try fill(slab) }
            let isSlow = ContinuousClock.now - began > Self.slow
            continues = gate.withLock { state in
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
            let count = try source.use { try unsafe $0.read(into: slab.room) }
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

    /// Ends a read of the source that waits, and the reader's next one. Any thread.
    package func cancel() {
        end()
        canceller?.cancel()
    }

    /// From now on `take` throws `CancellationError`.
    func end() {
        gate.withLock { state in
            state.full.removeAll()
            state.ending = .failure(CancellationError())
        }
        gate.broadcast(Self.hasOutcome)
        gate.broadcast(Self.hasRoom)
    }
}

extension Result {
    fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
