#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A lock with a condition to wait on: what `Synchronization.Mutex` lacks.
@safe package final class Gate: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init() {
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    package func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// Something to wait for, where not everybody waits for the same.
    @safe package final class Condition: @unchecked Sendable {
        fileprivate let handle = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        package init() { unsafe pthread_cond_init(handle, nil) }
        deinit {
            unsafe pthread_cond_destroy(handle)
            unsafe handle.deallocate()
        }
    }

    /// Only inside `locked`: sleeps until somebody signals `condition`.
    package func wait(for condition: Condition) { unsafe pthread_cond_wait(condition.handle, mutex) }

    /// Wakes one that waits for it.
    package func signal(_ condition: Condition) { unsafe pthread_cond_signal(condition.handle) }

    /// Wakes all that wait for it.
    package func broadcast(_ condition: Condition) { unsafe pthread_cond_broadcast(condition.handle) }

    /// Only inside `locked`: sleeps until somebody calls `wakeAll`.
    package func wait() { unsafe pthread_cond_wait(condition, mutex) }

    package func wakeAll() { unsafe pthread_cond_broadcast(condition) }
}
