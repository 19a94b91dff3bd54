/// A bounded queue between two stages, each on a thread of its own: the full queue is the back-pressure.
package final class HandOff<Element: Sendable>: @unchecked Sendable {
    private let gate = Gate()
    private let capacity: Int
    private var waiting: [Element] = []
    private var ending: Result<Void, any Error>?
    private var isCancelled = false

    package init(capacity: Int) { self.capacity = capacity }

    /// Waits for room. Throws `CancellationError` when the taker has gone.
    package func put(_ element: Element) throws {
        try gate.locked {
            while waiting.count >= capacity && !isCancelled { gate.wait() }
            if isCancelled { throw CancellationError() }
            waiting.append(element)
            gate.wakeAll()
        }
    }

    /// Waits for an element; nil after `finish`. Throws the error that the other side ended with, after what came before it.
    package func take() throws -> Element? {
        try gate.locked {
            while waiting.isEmpty && ending == nil && !isCancelled { gate.wait() }
            if isCancelled { throw CancellationError() }
            if waiting.isEmpty {
                try ending?.get()
                return nil
            }
            let element = waiting.removeFirst()
            gate.wakeAll()
            return element
        }
    }

    /// No more elements will come.
    package func finish(throwing error: (any Error)? = nil) {
        gate.locked {
            if ending == nil { ending = error.map { .failure($0) } ?? .success(()) }
            gate.wakeAll()
        }
    }

    /// Wakes both sides; from now on they throw `CancellationError`.
    package func cancel() {
        gate.locked {
            isCancelled = true
            waiting.removeAll()
            gate.wakeAll()
        }
    }
}
