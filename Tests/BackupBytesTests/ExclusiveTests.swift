import BackupBytes
import Synchronization
import Testing

/// What belongs to no thread, and how it comes from one to another.
@Suite struct ExclusiveTests {
    /// Not Sendable.
    private final class Tally {
        var count = 0
    }

    @Test func threadsUseAValueInTurns() throws {
        let tally = Exclusive(Tally()), gate = Gate(0)
        let stages = try (0 ..< 4).map { number in
            try Stage("turn.\(number)") {
                for round in 0 ..< 50 {
                    gate.wait { $0 % 4 == number && $0 / 4 == round ? () : nil }
                    tally.use { $0.count += 1 }
                    gate.withLock { $0 += 1 }
                    gate.broadcast()
                }
            }
        }
        for stage in stages { stage.join() }
        #expect(tally.use { $0.count } == 200)
    }

    #if DEBUG
        @Test func aDebugBuildEndsWhereTwoUsesOverlap() async {
            await #expect(processExitsWith: .failure) {
                let value = Exclusive(0)
                value.use { _ in value.use { _ in } }
            }
        }
    #endif

    @Test func whatIsHandedOverIsTakenOnce() throws {
        let handoff = Handoff(Tally()), taken = Atomic(0)
        let stages = try (0 ..< 8).map { number in
            try Stage("taker.\(number)") { if handoff.take() != nil { taken.add(1, ordering: .relaxed) } }
        }
        for stage in stages { stage.join() }
        #expect(taken.load(ordering: .relaxed) == 1)
    }
}
