import Synchronization

/// A value that one thread leaves for another: the first to claim it has it alone.
package final class Handoff<Value>: Sendable {
    private let value: Mutex<Value?>

    package init(_ value: sending Value?) { self.value = Mutex(value) }

    /// nil: it was taken before.
    package func take() -> sending Value? { value.withLock { $0.take() } }
}
