/// A fixed piece of memory that bytes travel in, owned by one stage at a time.
///
///     base        start              end        capacity   capacity + slack
///      | headroom  | bytes to be read | free      | readable, never meaning anything |
///
/// A reader keeps the unfinished tail of one slab by copying it in front of the next one's bytes.
@safe package final class Slab: @unchecked Sendable {
    /// Bytes past `capacity` that kernels may read and write.
    package static let slack = 64
    /// The usual capacity. Sizes from 64 KiB to 1 MiB make no difference to speed.
    package static let usualCapacity = 256 * 1024

    package let base: UnsafeMutableRawPointer
    package let capacity: Int
    package var start = 0
    package var end = 0

    package init(capacity: Int = Slab.usualCapacity) {
        self.capacity = capacity
        unsafe base = .allocate(byteCount: capacity + Slab.slack, alignment: 64)
        unsafe (base + capacity).initializeMemory(as: UInt8.self, repeating: 0, count: Slab.slack)
    }

    deinit { unsafe base.deallocate() }

    package var count: Int { end - start }

    /// The bytes to be read.
    package var bytes: UnsafeRawBufferPointer { unsafe .init(start: base + start, count: end - start) }

    /// The free room behind them.
    package var room: UnsafeMutableRawBufferPointer { unsafe .init(start: base + end, count: capacity - end) }

    package func reset() {
        start = 0
        end = 0
    }
}
