import Foundation

/// Work on a thread of its own, so that what blocks never sits in Swift's cooperative pool.
package final class Stage: Sendable {
    private let isDone = Gate(false)

    /// As the first thread's; what is not touched takes no memory.
    private static let stackSize = 8 << 20

    /// - Throws: where the system gives no thread: `ulimit -u`, a container's limit of processes.
    package init(_ name: String, _ body: @escaping @Sendable () -> Void) throws(SystemFailure) {
        let work = Work { [self] in
            Thread.current.name = name
            body()
            isDone.withLock { $0 = true }
            isDone.broadcast()
        }
        let code = Stage.start(work)
        if code != 0 { throw SystemFailure(operation: "start", path: "the thread \(name)", code: code) }
    }

    /// Waits for its end.
    package func join() {
        isDone.wait { $0 ? () : nil }
    }

    // MARK: The system's threads

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// - Returns: 0, or the system's `errno`.
    private static func start(_ work: Work) -> Int32 {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, stackSize)
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let handle = unsafe Unmanaged.passRetained(work)
        #if canImport(Glibc)
            var thread = pthread_t()
            let code = unsafe pthread_create(
                &thread, &attributes,
                { work in
                    unsafe Unmanaged<Work>.fromOpaque(work!).takeRetainedValue().body()
                    return nil
                }, handle.toOpaque())
        #else
            var thread: pthread_t?
            let code = unsafe pthread_create(
                &thread, &attributes,
                { work in
                    unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
                    return nil
                }, handle.toOpaque())
        #endif
        if code != 0 { unsafe handle.release() }
        return code
    }
}
