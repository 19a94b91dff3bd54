import Foundation

/// Work on a thread of its own, so that what blocks never sits in Swift's cooperative pool.
package final class Stage: @unchecked Sendable {
    private let gate = Gate()
    private var isDone = false

    package init(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            body()
            gate.locked {
                isDone = true
                gate.wakeAll()
            }
        }
        thread.name = name
        thread.stackSize = 8 << 20  // as the first thread's; what is not touched takes no memory
        thread.start()
    }

    /// Waits for its end.
    package func join() {
        gate.locked { while !isDone { gate.wait() } }
    }
}
