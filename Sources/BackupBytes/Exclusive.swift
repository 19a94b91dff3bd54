import Synchronization

/// A value that belongs to no thread and is used by several in turns: what reads a pipeline's input, what takes its
/// output.
///
///     let source = Exclusive(Walk(input))            // handed over: nobody else has the walk from now on
///     let step = try source.use { try $0.next() }    // any thread, whose turn it is
///
/// It is no lock. A gate or a queue decides whose turn it is; what this type adds is that the value can be reached in
/// no other way, and that a debug build stops where two uses overlap.
///
/// Unchecked because the turns come from elsewhere. The rule: two uses never overlap, and between them lies a gate or a
/// lock that both threads have passed.
package final class Exclusive<Value>: @unchecked Sendable {
    private var value: Value
    private let isInUse = Atomic<Bool>(false)

    package init(_ value: sending Value) { self.value = value }

    /// Calls `body` with the value. One thread at a time; no lock is held, so the body may call anything.
    package func use<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        assert(!isInUse.exchange(true, ordering: .acquiring), "two threads use the same value")
        defer { assert(isInUse.exchange(false, ordering: .releasing)) }
        return try body(&value)
    }
}
