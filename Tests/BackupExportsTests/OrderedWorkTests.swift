import Foundation
import Synchronization
import Testing

@testable import BackupExports

/// Several threads work, and nobody sees it in the order of what is delivered.
@Suite struct OrderedWorkTests {
    private struct Stop: Error, Equatable { let at: Int }

    /// Delivered numbers of a source of `count` steps, each third of which needs no work; with how it ended.
    /// `prepares`: three of the steps at most can be made ready before they are asked for.
    private func run(
        _ count: Int, workers: Int, capacity: Int = 4, prepares: Bool = false, sourceFailsAt: Int? = nil,
        deliveryFailsAt: Int? = nil
    ) -> (delivered: [Int], error: (any Error)?, mostUnderWay: Int) {
        let given = Mutex(0), prepared = Mutex(0), underWay = Mutex((now: 0, most: 0)), delivered = Mutex<[Int]>([])
        let work = OrderedWork<Int, Int>(workers: workers, capacity: capacity) {
            let number = given.withLock {
                $0 += 1
                return $0 - 1
            }
            if number == sourceFailsAt { throw Stop(at: number) }
            if number >= count { return nil }
            if number % 3 == 2 { return .ready(number) }
            underWay.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            return .work(number)
        } isAtHand: {
            !prepares || given.withLock(\.self) >= count || prepared.withLock(\.self) > given.withLock(\.self)
        } prepare: {
            guard prepares, prepared.withLock(\.self) < min(count, given.withLock(\.self) + 3) else { return false }
            usleep(20)
            prepared.withLock { $0 = max($0, given.withLock(\.self)) + 1 }
            return true
        } makeWorker: {
            { number in
                if number % 7 == 0 { usleep(UInt32(number % 11) * 20) }
                return number
            }
        } deliver: { number in
            if number == deliveryFailsAt { throw Stop(at: number) }
            delivered.withLock { $0.append(number) }
            if number % 3 != 2 { underWay.withLock { $0.now -= 1 } }
        }
        let outcome = Result {
            try work.start()
            try work.wait()
        }
        work.cancel()
        work.join()
        let error: (any Error)? = if case .failure(let error) = outcome { error } else { nil }
        return (delivered.withLock(\.self), error, underWay.withLock(\.most))
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
}
