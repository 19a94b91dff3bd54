import BackupBytes
import Synchronization

/// Mark arrays that wait for their next use.
package final class MarksPool: Sendable {
    private let idle = Mutex<[Marks]>([])

    package init() {}

    package func take() -> Marks { idle.withLock { $0.popLast() } ?? Marks() }

    package func giveBack(_ marks: Marks) {
        guard unsafe marks.kernel.field_capacity == Marks.usualFieldCapacity else { return }
        marks.clear()
        idle.withLock { if $0.count < 16 { $0.append(marks) } }
    }
}
