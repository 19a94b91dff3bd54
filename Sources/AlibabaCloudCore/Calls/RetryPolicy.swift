/// Whether and when to try again, as a pure decision.
public struct RetryPolicy: Sendable, Hashable {
    /// Whether to repeat a call, and after how long.
    public enum Decision: Sendable, Equatable {
        case again(after: Duration)
        case giveUp
    }

    /// Attempts in all, the first included.
    public var attempts: Int
    /// The first wait; each further one doubles, up to `longest`.
    public var shortest: Duration
    /// The longest wait between two attempts.
    public var longest: Duration

    /// Makes a policy of so many attempts, with waits between the two bounds.
    public init(attempts: Int = 5, shortest: Duration = .milliseconds(500), longest: Duration = .seconds(60)) {
        self.attempts = attempts
        self.shortest = shortest
        self.longest = longest
    }

    /// Five attempts, half a second to a minute apart.
    public static let standard = RetryPolicy()

    /// - Parameters:
    ///   - attempt: how many attempts have failed, from 1.
    ///   - error: why the last attempt failed.
    ///   - chance: a number in 0..<1. The wait lies between half and the whole of the doubled time; a wait that the
    ///     service named is kept, with up to a tenth added so that many clients do not come back together.
    public func decide(after error: CloudError, attempt: Int, chance: Double) -> Decision {
        guard error.canRetry, attempt < attempts else { return .giveUp }
        if let named = error.retryAfter {
            return named <= longest ? .again(after: named + named * (chance / 10)) : .giveUp
        }
        var wait = shortest
        for _ in 1 ..< max(attempt, 1) where wait < longest { wait = wait * 2 }
        return .again(after: min(wait, longest) * (0.5 + chance / 2))
    }

    /// Calls `body` until it succeeds, or throws what the policy does not repeat.
    ///
    /// - Parameter willWait: called before each wait, with why, how many attempts have failed, and how long.
    package func repeating<Result>(
        _ clock: Clockwork, willWait: (CloudError, Int, Duration) -> Void, _ body: () async throws -> Result
    ) async throws -> Result {
        var failures = 0
        while true {
            do { return try await body() } catch let error as CloudError {
                failures += 1
                guard case .again(let wait) = decide(after: error, attempt: failures, chance: clock.chance()) else {
                    throw error
                }
                willWait(error, failures, wait)
                try await clock.sleep(wait)
            }
        }
    }
}
