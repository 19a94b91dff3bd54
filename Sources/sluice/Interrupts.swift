import Foundation
import Synchronization

/// Ctrl-C, SIGTERM and SIGHUP: the first stops at the next batch, the second at once.
enum Interrupts {
    private struct State {
        var isInterrupted = false
        /// Stops what is under way; nil where nothing is that could be stopped gently.
        var cancel: (@Sendable () -> Void)?
    }

    private static let state = Mutex(State())

    /// Those that are waited for. One that the parent process has switched off (`nohup`) stays off.
    private static var signals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] where number != SIGHUP || !isIgnored(number) { sigaddset(&set, number) }
        return set
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Keeps them from every thread, for `watch`. Before there is a second thread.
    static func hold() {
        var set = signals
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for them for as long as the process lives.
    static func watch() -> Never {
        var set = signals
        while true {
            var number: Int32 = 0
            if sigwait(&set, &number) == 0 { interrupt() }
        }
    }

    private static func interrupt() {
        let (isFirst, cancel) = state.withLock { state in
            defer { state.isInterrupted = true }
            return (!state.isInterrupted, state.cancel)
        }
        guard isFirst, let cancel else { _exit(ExitStatus.interrupted.rawValue) }
        cancel()
    }

    /// Runs `body`, which the first interrupt cancels.
    static func guarding<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result
    {
        let task = Task { try await body() }
        state.withLock { $0.cancel = { task.cancel() } }
        defer { state.withLock { $0.cancel = nil } }
        return try await task.value
    }
}
