import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM: the first stops at the next batch, the second at once.
enum Interrupts {
    private final class Work: Sendable {
        private struct State {
            var isInterrupted = false
            var cancel: (@Sendable () -> Void)?
        }
        private let state = Mutex(State())

        func interrupt() {
            let (isSecond, cancel) = state.withLock { state in
                defer { state.isInterrupted = true }
                return (state.isInterrupted, state.cancel)
            }
            if isSecond { _exit(ExitStatus.interrupted.rawValue) }
            cancel?()
        }

        /// From now on an interrupt cancels it; one that came before does so now.
        func begin(_ cancel: @escaping @Sendable () -> Void) {
            let isInterrupted = state.withLock { state in
                state.cancel = cancel
                return state.isInterrupted
            }
            if isInterrupted { cancel() }
        }
    }

    static func guarding<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        signal(SIGPIPE, SIG_IGN)
        let work = Work()
        // Before the work begins, so that no interrupt finds the process unprepared.
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { work.interrupt() }
            source.resume()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        let task = Task { try await body() }
        work.begin { task.cancel() }
        return try await task.value
    }
}
