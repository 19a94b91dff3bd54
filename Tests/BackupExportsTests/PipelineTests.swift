import BackupBytes
import Foundation
import Synchronization
import Testing

@testable import BackupExports

/// Several threads work, and nobody sees it in the order of what is delivered.
@Suite struct PipelineTests {
    private struct Stop: Error, Equatable { let at: Int }

    /// Numbers, each third of which needs no work. With `prepares`, three of them at most can be made ready before they
    /// are asked for.
    private final class Numbers: PipelineSource, PipelineSourceControl, IdleWork, Sendable {
        private struct State {
            var given = 0
            var prepared = 0
            var underWay = 0
            var mostUnderWay = 0
        }

        let count: Int
        let prepares: Bool
        let failsAt: Int?
        private let state = Mutex(State())

        init(_ count: Int, prepares: Bool, failsAt: Int?) {
            self.count = count
            self.prepares = prepares
            self.failsAt = failsAt
        }

        var control: any PipelineSourceControl { self }
        var isReady: Bool { state.withLock { !prepares || $0.given >= count || $0.prepared > $0.given } }
        var mostUnderWay: Int { state.withLock(\.mostUnderWay) }
        func cancel() {}

        func next() throws -> PipelineState<Int, Int>.Step? {
            let number = state.withLock { state in
                defer { state.given += 1 }
                return state.given
            }
            if number == failsAt { throw Stop(at: number) }
            if number >= count { return nil }
            if number % 3 == 2 { return .ready(number) }
            state.withLock { state in
                state.underWay += 1
                state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            }
            return .work(number)
        }

        func doSome() -> Bool {
            guard prepares, state.withLock({ $0.prepared < min(count, $0.given + 3) }) else { return false }
            usleep(20)
            state.withLock { $0.prepared = max($0.prepared, $0.given) + 1 }
            return true
        }

        func leave(_ number: Int) { if number % 3 != 2 { state.withLock { $0.underWay -= 1 } } }
    }

    private struct Workers: PipelineWorkers, PipelineWorker {
        func makeWorker() -> any PipelineWorker<Int, Int> { self }
        func work(_ number: Int) -> Int {
            if number % 7 == 0 { usleep(UInt32(number % 11) * 20) }
            return number
        }
    }

    private final class Deliveries: PipelineConsumer {
        let source: Numbers
        let failsAt: Int?
        private(set) var numbers: [Int] = []

        init(of source: Numbers, failsAt: Int?) {
            self.source = source
            self.failsAt = failsAt
        }

        func deliver(_ number: Int) throws {
            if number == failsAt { throw Stop(at: number) }
            numbers.append(number)
            source.leave(number)
        }
    }

    /// Delivered numbers, and how it ended.
    private func run(
        _ count: Int, workers: Int, prepares: Bool = false, sourceFailsAt: Int? = nil, deliveryFailsAt: Int? = nil
    ) -> (delivered: [Int], error: (any Error)?, mostUnderWay: Int) {
        let source = Numbers(count, prepares: prepares, failsAt: sourceFailsAt),
            deliveries = Exclusive(Deliveries(of: source, failsAt: deliveryFailsAt))
        let pipeline = Pipeline(
            PipelineParts(source: source, workers: Workers(), consumer: deliveries, idle: [source]), workers: workers,
            limits: .init(work: 4))
        let outcome = Result { try pipeline.run(threads: "test") }
        let error: (any Error)? = if case .failure(let error) = outcome { error } else { nil }
        return (deliveries.use(\.numbers), error, source.mostUnderWay)
    }

    @Test(arguments: [1, 2, 3, 8]) func resultsComeInTheOrderOfTheSource(workers: Int) {
        let result = run(2000, workers: workers)
        #expect(result.delivered == Array(0 ..< 2000))
        #expect(result.error == nil)
        #expect(result.mostUnderWay <= 4)
    }

    @Test(arguments: [1, 2, 3, 8]) func whatIsPreparedByOthersIsDeliveredToo(workers: Int) {
        let result = run(2000, workers: workers, prepares: true)
        #expect(result.delivered == Array(0 ..< 2000))
        #expect(result.error == nil)
    }

    @Test(arguments: [1, 2, 8]) func whatCameBeforeAnErrorOfTheSourceIsDelivered(workers: Int) {
        let result = run(2000, workers: workers, sourceFailsAt: 1000)
        #expect(result.delivered == Array(0 ..< 1000))
        #expect(result.error as? Stop == Stop(at: 1000))
    }

    @Test(arguments: [1, 2, 8]) func anErrorOfDeliveryEndsIt(workers: Int) {
        let result = run(2000, workers: workers, deliveryFailsAt: 500)
        #expect(result.delivered == Array(0 ..< 500))
        #expect(result.error as? Stop == Stop(at: 500))
    }

    @Test func aSourceOfNothingEndsAtOnce() {
        let result = run(0, workers: 2)
        #expect(result.delivered.isEmpty && result.error == nil)
    }

    @Test(arguments: [1, 2, 8]) func aTaskThatPullsGetsAllInOrder(workers: Int) async throws {
        let source = Numbers(2000, prepares: true, failsAt: nil)
        let pipeline = Pipeline(
            PipelineParts(source: source, workers: Workers(), idle: [source]), workers: workers,
            limits: .init(work: 4, steps: 4))
        try pipeline.start(threads: "test")
        var numbers: [Int] = []
        while let number = try await pipeline.next() {
            numbers.append(number)
            source.leave(number)
        }
        #expect(numbers == Array(0 ..< 2000))
        #expect(source.mostUnderWay <= 4)
    }

    @Test(.timeLimit(.minutes(1))) func cancellationWakesATaskThatPulls() async throws {
        let source = Numbers(.max, prepares: false, failsAt: nil)
        let pipeline = Pipeline(
            PipelineParts(source: source, workers: Workers(), idle: [source]), workers: 2,
            limits: .init(work: 4, steps: 4))
        try pipeline.start(threads: "test")
        let task = Task {
            var last: Int?
            while let number = try await pipeline.next() { last = number }
            return last
        }
        try await Task.sleep(for: .milliseconds(20))
        pipeline.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
