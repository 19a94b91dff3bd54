import Synchronization

/// When a checkpoint is due: as often as asked for, and never so often that it takes a twentieth of the time. Any
/// thread.
final class CheckpointTimer: Sendable {
    private let interval: Duration
    private let lastCost = Mutex(Duration.zero)

    /// `interval`: zero for as often as possible.
    init(interval: Duration) { self.interval = interval }

    func isDue(since last: ContinuousClock.Instant) -> Bool {
        if interval == .zero { return true }
        return ContinuousClock.now - last >= max(interval, lastCost.withLock { $0 * 20 })
    }

    /// What the last one has cost.
    func note(cost: Duration) { lastCost.withLock { $0 = cost } }
}
