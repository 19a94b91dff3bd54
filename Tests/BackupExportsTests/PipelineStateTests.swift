import TestSupport
import Testing

@testable import BackupExports

/// The pipeline without a thread: whichever side is slow or fast, and whatever fails when, order and bounds hold.
@Suite struct PipelineStateTests {
    /// Any number of random schedules of a plan end as the plan says.
    @Test(arguments: [1, 2, 3, 8]) func everyScheduleDeliversInTheOrderOfTheSource(workers: Int) throws {
        for seed in 0 ..< 400 {
            var schedule = Schedule(.init(workers: workers, steps: 40))
            try schedule.run(seed: UInt64(seed))
            #expect(schedule.delivered == Array(0 ..< 40), "seed \(seed)")
            #expect(schedule.outcome == .success, "seed \(seed)")
        }
    }

    @Test(arguments: [1, 2, 4]) func whatIsMadeReadyByIdleWorkersIsDeliveredToo(workers: Int) throws {
        for seed in 0 ..< 400 {
            var schedule = Schedule(.init(workers: workers, steps: 40, ahead: 3))
            try schedule.run(seed: UInt64(seed))
            #expect(schedule.delivered == Array(0 ..< 40), "seed \(seed)")
        }
    }

    @Test(arguments: [1, 2, 4]) func aConsumerThatPullsGetsAllInOrder(workers: Int) throws {
        for seed in 0 ..< 400 {
            var schedule = Schedule(
                .init(workers: workers, steps: 40, limits: .init(work: 3, steps: 3), isPulled: true, ahead: 2))
            try schedule.run(seed: UInt64(seed))
            #expect(schedule.delivered == Array(0 ..< 40), "seed \(seed)")
            #expect(schedule.outcome == .success, "seed \(seed)")
        }
    }

    @Test(arguments: [false, true]) func anErrorOfTheSourceComesAfterWhatCameBeforeIt(isPulled: Bool) throws {
        for seed in 0 ..< 400 {
            let failsAt = seed % 20
            var schedule = Schedule(
                .init(workers: 1 + seed % 4, steps: 20, isPulled: isPulled, sourceFailsAt: failsAt))
            try schedule.run(seed: UInt64(seed))
            #expect(schedule.delivered == Array(0 ..< failsAt), "seed \(seed)")
            #expect(schedule.outcome == .failed(failsAt), "seed \(seed)")
        }
    }

    /// The source fails first by the clock, and delivery of an earlier step fails later: the earlier one is reported.
    @Test func theFirstErrorInOrderWins() throws {
        for seed in 0 ..< 800 {
            let deliveryFailsAt = seed % 20
            var schedule = Schedule(
                .init(workers: 1 + seed % 4, steps: 20, sourceFailsAt: 19, deliveryFailsAt: deliveryFailsAt))
            try schedule.run(seed: UInt64(seed))
            #expect(schedule.delivered == Array(0 ..< min(deliveryFailsAt, 19)), "seed \(seed)")
            #expect(schedule.outcome == .failed(min(deliveryFailsAt, 19)), "seed \(seed)")
        }
    }

    /// Cancelled at any moment, or never: all workers end, and what was delivered is the beginning of the whole.
    @Test(arguments: [false, true]) func cancellationEndsItAtAnyMoment(isPulled: Bool) throws {
        for seed in 0 ..< 800 {
            var schedule = Schedule(
                .init(
                    workers: 1 + seed % 4, steps: 20, isPulled: isPulled, ahead: seed % 2 == 0 ? 2 : nil,
                    mayBeCancelled: true))
            try schedule.run(seed: UInt64(seed))
            #expect(schedule.delivered == Array(0 ..< schedule.delivered.count), "seed \(seed)")
            let isWhole = schedule.delivered.count == 20
            #expect(schedule.outcome == .cancelled || (isWhole && schedule.outcome == .success), "seed \(seed)")
        }
    }

    @Test func aSourceOfNothingEndsAtOnce() throws {
        for isPulled in [false, true] {
            var schedule = Schedule(.init(workers: 2, steps: 0, isPulled: isPulled))
            try schedule.run(seed: 1)
            #expect(schedule.delivered.isEmpty && schedule.outcome == .success)
        }
    }

    /// Whatever two workers do in whatever order: all states that a few steps can come to, none left out.
    @Test(arguments: [
        Schedule.Plan(workers: 2, steps: 3, limits: .init(work: 2, steps: 2)),
        Schedule.Plan(workers: 2, steps: 3, limits: .init(work: 2, steps: 2), ahead: 1),
        Schedule.Plan(workers: 2, steps: 3, limits: .init(work: 2, steps: 2), isPulled: true, ahead: 1),
        Schedule.Plan(workers: 2, steps: 2, sourceFailsAt: 1, deliveryFailsAt: 0),
        Schedule.Plan(workers: 2, steps: 2, mayBeCancelled: true),
        Schedule.Plan(workers: 2, steps: 2, isPulled: true, ahead: 1, mayBeCancelled: true),
        Schedule.Plan(workers: 3, steps: 2, limits: .init(work: 2, steps: 2)),
    ])
    func everyStateLeadsToTheEnd(plan: Schedule.Plan) throws {
        var open = [Schedule(plan)], met: Set<String> = [], ends = 0
        while let schedule = open.popLast() {
            if schedule.moves.isEmpty {
                try schedule.requireEnd()
                #expect(plan.allows(schedule.outcome, after: schedule.delivered), "\(schedule)")
                ends += 1
            }
            for move in schedule.moves {
                var next = schedule
                next.make(move)
                if met.insert("\(next)").inserted { open.append(next) }
            }
        }
        #expect(ends > 0 && met.count > 50)
    }

    @Test func aReaderDoesItselfWhatItHasReadLast() {
        var state = PipelineState<Int, Int>(workers: 2, limits: .init(work: 4))
        #expect(state.next(0, after: .started, sourceIsReady: true).isRead)
        guard case .work(7) = state.next(0, after: .read(.success(.work(7))), sourceIsReady: true) else {
            Issue.record("another worker would find it in its cache no better")
            return
        }
    }

    @Test func nothingIsReadBesideWorkThatIsTooHeavyForThat() {
        var state = PipelineState<Int, Int>(workers: 2, limits: .init(work: 4, weigh: { $0 }))
        #expect(state.next(0, after: .started, sourceIsReady: true).isRead)
        guard case .work(9) = state.next(0, after: .read(.success(.work(9))), sourceIsReady: true) else {
            Issue.record("what is heavier than all there may be is work too")
            return
        }
        #expect(!state.next(1, after: .started, sourceIsReady: true).isRead)
        guard case .deliver(9) = state.next(0, after: .worked(9), sourceIsReady: true) else {
            Issue.record("it is not delivered")
            return
        }
        #expect(state.next(0, after: .delivered(.success(())), sourceIsReady: true).isRead)
    }

    @Test(arguments: [1, 2, 8]) func stepsOfAnyWeightAreDeliveredInOrder(workers: Int) throws {
        for seed in 0 ..< 200 {
            var schedule = Schedule(
                .init(workers: workers, steps: 40, limits: .init(work: 4, weigh: { 1 + $0 % 7 }, steps: 6)))
            try schedule.run(seed: UInt64(seed))
            #expect(schedule.delivered == Array(0 ..< 40), "seed \(seed)")
        }
    }

    @Test func aReaderReadsOnWhileOthersSleepForWantOfWork() {
        var state = PipelineState<Int, Int>(workers: 2, limits: .init(work: 4))
        #expect(state.next(0, after: .started, sourceIsReady: true).isRead)
        #expect(state.next(1, after: .idled(false), sourceIsReady: true).isWatch)
        #expect(state.next(1, after: .watched, sourceIsReady: true).isSleep)
        #expect(state.next(0, after: .read(.success(.work(1))), sourceIsReady: true).isRead)
        #expect(state.popWakes().workers == .one)
    }
}

extension PipelineState.Action {
    fileprivate var isRead: Bool { if case .read = self { true } else { false } }
    fileprivate var isWatch: Bool { if case .watch = self { true } else { false } }
    fileprivate var isSleep: Bool { if case .sleep = self { true } else { false } }
}
