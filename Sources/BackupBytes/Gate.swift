#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock with a condition to wait on: what `Synchronization.Mutex` lacks.
package final class Gate: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    package func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// Something to wait for, where not everybody waits for the same.
    package final class Condition: @unchecked Sendable {
        fileprivate let handle = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        package init() { pthread_cond_init(handle, nil) }
        deinit {
            pthread_cond_destroy(handle)
            handle.deallocate()
        }
    }

    /// Only inside `locked`: sleeps until somebody signals `condition`.
    package func wait(for condition: Condition) { pthread_cond_wait(condition.handle, mutex) }

    /// Wakes one that waits for it.
    package func signal(_ condition: Condition) { pthread_cond_signal(condition.handle) }

    /// Wakes all that wait for it.
    package func broadcast(_ condition: Condition) { pthread_cond_broadcast(condition.handle) }

    /// Only inside `locked`: sleeps until somebody calls `wakeAll`.
    package func wait() { pthread_cond_wait(condition, mutex) }

    package func wakeAll() { pthread_cond_broadcast(condition) }
}
