import AlibabaCloudCore
import Testing

@Suite struct RetryPolicyTests {
    let policy = RetryPolicy(attempts: 4, shortest: .seconds(1), longest: .seconds(3))
    let passing = CloudError(.serviceFailed, "", canRetry: true)

    @Test func waitsDoubleUpToTheLongestFromHalfToTheWhole() {
        #expect(policy.decide(after: passing, attempt: 1, chance: 0) == .again(after: .seconds(0.5)))
        #expect(policy.decide(after: passing, attempt: 2, chance: 0) == .again(after: .seconds(1)))
        #expect(policy.decide(after: passing, attempt: 3, chance: 0) == .again(after: .seconds(1.5)))
    }

    @Test func theLastAttemptIsTheLast() {
        #expect(policy.decide(after: passing, attempt: 4, chance: 0) == .giveUp)
    }

    @Test func whatCannotHelpIsNotTried() {
        #expect(policy.decide(after: CloudError(.refused, ""), attempt: 1, chance: 0) == .giveUp)
    }

    @Test func aNamedWaitIsKeptNeverShortened() {
        var throttled = CloudError(.throttled, "", canRetry: true, retryAfter: .seconds(2))
        #expect(policy.decide(after: throttled, attempt: 1, chance: 0) == .again(after: .seconds(2)))
        throttled.retryAfter = .seconds(3600)
        #expect(policy.decide(after: throttled, attempt: 1, chance: 0) == .giveUp)
    }
}
