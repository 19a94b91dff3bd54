import AlibabaCloudCore
import CloudTestSupport
import DatabaseBackup
import Foundation
import Testing

@Suite struct WaiterTests {
    private let start = Date(timeIntervalSince1970: 0)
    private func waiter(timeout: Duration? = nil) -> Waiter {
        Waiter(policy: WaitPolicy(timeout: timeout), subject: "task dt-1", start: start)
    }

    private func wait(_ decision: Waiter.Decision) -> Duration? {
        if case .lookAgain(let wait) = decision { wait } else { nil }
    }

    private func end(_ decision: Waiter.Decision) -> CloudError.Kind? {
        if case .stop(let error) = decision { error.kind } else { nil }
    }

    @Test func waitsGrowFrom15SecondsTo2MinutesWhileNothingMoves() {
        var waiter = waiter()
        let waits = (0 ..< 8).map { _ in wait(waiter.observe(.ongoing("1/9"), at: start)) ?? .zero }
        #expect(waits.first == .seconds(15) && waits[1] == .seconds(22.5) && waits.last == .seconds(120))
    }

    @Test func theyDoNotGrowWhileSomethingDoes() {
        var waiter = waiter()
        for step in 0 ..< 5 { #expect(wait(waiter.observe(.ongoing("\(step)/9"), at: start)) == .seconds(15)) }
    }

    @Test func finishedFailedAndExpiredAreDifferentEnds() {
        var waiter = waiter()
        if case .done = waiter.observe(.finished, at: start) {} else { Issue.record("not done") }
        #expect(end(waiter.observe(.failed(reason: "no room"), at: start)) == .taskFailed)
        #expect(end(waiter.observe(.expired, at: start)) == .taskExpired)
    }

    @Test func theLastLookIsAtTheDeadlineNotAfterIt() {
        var waiter = waiter(timeout: .seconds(20))
        #expect(wait(waiter.observe(.ongoing("a"), at: start + 15)) == .seconds(5))
        #expect(end(waiter.observe(.ongoing("a"), at: start + 20)) == .timedOut)
    }

    @Test func aTaskJustMadeMayBeMissingForAMinuteAKnownOneMayNot() {
        var waiter = waiter()
        #expect(wait(waiter.observe(.missing, at: start + 30)) == .seconds(15))
        #expect(end(waiter.observe(.missing, at: start + 61)) == .notFound)
        _ = waiter.observe(.ongoing("a"), at: start)
        #expect(end(waiter.observe(.missing, at: start)) == .notFound)
    }

    @Test func aServiceThatCannotBeReachedIsWaitedFor() {
        var waiter = waiter(timeout: .seconds(60))
        let away = CloudError(.network, "away", canRetry: true)
        #expect(wait(waiter.observe(.unreachable(away), at: start)) != nil)
        #expect(end(waiter.observe(.unreachable(away), at: start + 60)) == .network)
    }

    @Test func aWaitSurvivesThrottlingAndPagesOfHTML() async throws {
        let it = try Surroundings()
        let task = try await it.backups.createDownload(Surroundings.request)
        try await it.standIn.behave([
            "lies": (0 ..< 7).map { _ in ["action": "DescribeDownloadTask", "lie": "html-500"] }
        ])
        #expect(try await it.backups.wait(for: task.id, of: "rm-example").state == .finished)
    }
}
