import AlibabaCloudCore
import Foundation

/// Decides when to look again and when to stop, from what was seen and when; it neither looks nor sleeps.
///
///     var waiter = Waiter(policy: .standard, start: now)
///     waiter.observe(.ongoing("0/12"), at: now)        // .lookAgain(after: 15 s)
///     waiter.observe(.ongoing("0/12"), at: now + 15)   // .lookAgain(after: 22.5 s): nothing moved
///     waiter.observe(.finished, at: now + 38)          // .done
public struct Waiter: Sendable {
    /// What a look at the task showed.
    public enum Sighting: Sendable {
        /// Under way; the mark is any text that changes when something moves.
        case ongoing(String)
        case finished
        case failed(reason: String?)
        case expired
        /// Not listed: normal for a moment after its creation.
        case missing
        /// The service could not be asked, in a way that passes.
        case unreachable(CloudError)
    }

    /// What to do next.
    public enum Decision: Sendable {
        case lookAgain(after: Duration)
        case done
        case stop(CloudError)
    }

    private let policy: WaitPolicy
    private let subject: String
    private let start: Date
    private var wait: Duration
    private var mark: String?
    private var wasSeen = false

    /// - Parameters:
    ///   - policy: how often to look, and when to give up.
    ///   - subject: what is waited for, as errors name it: "task dt-1".
    ///   - start: the time at which the timeout begins to run.
    public init(policy: WaitPolicy, subject: String, start: Date) {
        self.policy = policy
        self.subject = subject
        self.start = start
        wait = policy.first
    }

    /// Takes in what was seen at a time, and decides.
    public mutating func observe(_ sighting: Sighting, at now: Date) -> Decision {
        switch sighting {
        case .finished: return .done
        case .failed(let reason):
            return .stop(
                CloudError(
                    .taskFailed, "\(subject) failed" + (reason.map { ": \($0)" } ?? ""),
                    advice: "Conversions fail for want of resources too, and a failed one costs nothing: retry it."))
        case .expired:
            return .stop(
                CloudError(
                    .taskExpired, "\(subject) has expired: its data was removed three days after it finished",
                    advice: "Make a new task."))
        case .missing:
            if wasSeen || elapsed(now) > policy.grace {
                return .stop(
                    CloudError(
                        .notFound, "there is no \(subject)", advice: "Check the id, the instance and the region."))
            }
            wait = policy.first
        case .unreachable: grow()
        case .ongoing(let mark):
            wasSeen = true
            if mark == self.mark { grow() }
            self.mark = mark
        }
        guard let timeout = policy.timeout else { return .lookAgain(after: wait) }
        let left = timeout - elapsed(now)
        if left > .zero { return .lookAgain(after: min(wait, left)) }
        if case .unreachable(let error) = sighting { return .stop(error) }
        return .stop(
            CloudError(
                .timedOut, "\(subject) is not finished after \(timeout.components.seconds) s",
                advice: "Run the same command again; the task continues meanwhile.", canRetry: true))
    }

    private func elapsed(_ now: Date) -> Duration { .seconds(now.timeIntervalSince(start)) }

    private mutating func grow() {
        wait = max(wait, min(wait * 1.5, policy.longest))
    }
}
