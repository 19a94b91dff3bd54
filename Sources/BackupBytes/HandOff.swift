/// A bounded queue between two stages, each on a thread of its own: the full queue is the back-pressure.
package final class HandOff<Element: Sendable>: @unchecked Sendable {
    private let gate = Gate()
    private let capacity: Int
    private var waiting: [Element] = []
    private var ending: Result<Void, any Error>?
    private var isCancelled = false
    /// Tasks that wait for an element.
    private var sleepers: [CheckedContinuation<Void, Never>] = []

    package init(capacity: Int) { self.capacity = capacity }

    /// Waits for room. Throws `CancellationError` when the taker has gone.
    package func put(_ element: Element) throws {
        try gate.locked {
            while waiting.count >= capacity && !isCancelled { gate.wait() }
            if isCancelled { throw CancellationError() }
            waiting.append(element)
            wakeAll()
        }
    }

    /// Waits for an element; nil after `finish`. Throws the error that the other side ended with, after what came
    /// before it.
    package func take() throws -> Element? {
        try gate.locked {
            while !hasOutcome { gate.wait() }
            return try outcome()
        }
    }

    /// The same for a task, which holds no thread while it waits. Only `cancel` of the queue ends the wait early.
    package func next() async throws -> Element? {
        while true {
            if let outcome = gate.locked({ hasOutcome ? Result { try outcome() } : nil }) { return try outcome.get() }
            await withCheckedContinuation { sleeper in
                gate.locked { hasOutcome ? sleeper.resume() : sleepers.append(sleeper) }
            }
        }
    }

    private var hasOutcome: Bool { !waiting.isEmpty || ending != nil || isCancelled }

    private func outcome() throws -> Element? {
        if isCancelled { throw CancellationError() }
        if waiting.isEmpty {
            try ending?.get()
            return nil
        }
        let element = waiting.removeFirst()
        gate.wakeAll()
        return element
    }

    private func wakeAll() {
        gate.wakeAll()
        for sleeper in sleepers { sleeper.resume() }
        sleepers.removeAll()
    }

    /// No more elements will come.
    package func finish(throwing error: (any Error)? = nil) {
        gate.locked {
            if ending == nil { ending = error.map { .failure($0) } ?? .success(()) }
            wakeAll()
        }
    }

    /// Wakes both sides; from now on they throw `CancellationError`.
    package func cancel() {
        gate.locked {
            isCancelled = true
            waiting.removeAll()
            wakeAll()
        }
    }
}
