#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A state under a lock, and threads that wait until it is as they need it: what `Synchronization.Mutex` lacks.
///
///     gate.wait(for: hasRoom) { state in state.isFull ? nil : state.add(element) }
///     gate.withLock { $0.removeFirst() }; gate.signal(hasRoom)
///
/// Who waits does not hold the state: a body that gives nil is called again after the next signal. Conditions are
/// numbered from 0, for threads that wait for different things.
///
/// Unchecked because of its pointers. The rule: state and conditions are used between lock and unlock alone, and the
/// pointers live as long as the gate.
@safe package final class Gate<State>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let conditions: UnsafeMutableBufferPointer<pthread_cond_t>
    private var state: State

    package init(_ state: sending State, conditions count: Int = 1) {
        self.state = state
        unsafe conditions = .allocate(capacity: count)
        unsafe pthread_mutex_init(mutex, nil)
        for index in unsafe conditions.indices { unsafe pthread_cond_init(conditions.baseAddress! + index, nil) }
    }

    deinit {
        for index in unsafe conditions.indices { unsafe pthread_cond_destroy(conditions.baseAddress! + index) }
        unsafe pthread_mutex_destroy(mutex)
        unsafe conditions.deallocate()
        unsafe mutex.deallocate()
    }

    /// No body calls what is not ours: it would keep all others waiting.
    package func withLock<Result, Failure: Error>(
        _ body: (inout sending State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// Calls `body`; where it gives nil, sleeps until the next signal, and gives nil.
    package func withLock<Result, Failure: Error>(
        orSleepFor condition: Int, _ body: (inout sending State) throws(Failure) -> sending Result?
    ) throws(Failure) -> sending Result? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        if let result = try body(&state) { return result }
        unsafe pthread_cond_wait(conditions.baseAddress! + condition, mutex)
        return nil
    }

    /// Sleeps until `body` gives a result; it is called once at first, and after every signal.
    package func wait<Result, Failure: Error>(
        for condition: Int = 0, until body: (inout sending State) throws(Failure) -> sending Result?
    ) throws(Failure) -> sending Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while true {
            if let result = try body(&state) { return result }
            unsafe pthread_cond_wait(conditions.baseAddress! + condition, mutex)
        }
    }

    /// Wakes one that waits for it.
    package func signal(_ condition: Int = 0) { unsafe pthread_cond_signal(conditions.baseAddress! + condition) }

    /// Wakes all that wait for it.
    package func broadcast(_ condition: Int = 0) { unsafe pthread_cond_broadcast(conditions.baseAddress! + condition) }
}
