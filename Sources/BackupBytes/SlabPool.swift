import Synchronization

/// Slabs that wait for their next use. It never blocks: what bounds the number of slabs is the queues they travel in.
package final class SlabPool: Sendable {
    private let idle = Mutex<[Slab]>([])
    package let capacity: Int
    private let limit: Int

    /// Keeps at most `limit` slabs of `capacity` bytes.
    package init(capacity: Int = Slab.usualCapacity, limit: Int = 16) {
        self.capacity = capacity
        self.limit = limit
    }

    /// An empty slab of at least `minimum` bytes.
    package func take(atLeast minimum: Int = 0) -> Slab {
        if minimum <= capacity, let slab = idle.withLock({ $0.popLast() }) { return slab }
        return Slab(capacity: max(minimum, capacity))
    }

    /// Takes a slab home. Those that had to grow for one long record are let go.
    package func giveBack(_ slab: Slab) {
        guard slab.capacity == capacity else { return }
        slab.reset()
        idle.withLock { if $0.count < limit { $0.append(slab) } }
    }
}
