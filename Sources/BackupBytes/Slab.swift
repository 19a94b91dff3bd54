import Foundation

/// A fixed piece of memory that bytes travel in, owned by one stage at a time.
///
///     base        start              end        capacity   capacity + slack
///      | headroom  | bytes to be read | free      | readable, never meaning anything | a page that nobody may touch
///
/// Mapped, not allocated: it goes back to the system as soon as it is let go (malloc keeps such pieces, for each
/// thread), and who reads or writes past the slack ends at once.
///
/// A reader keeps the unfinished tail of one slab by copying it in front of the next one's bytes.
///
/// Unchecked because of its memory. The rule: one owner at a time; who hands a slab on, through a queue or a pool, lets
/// it go.
@safe package final class Slab: @unchecked Sendable {
    /// Bytes past `capacity` that kernels may read and write.
    package static let slack = 64
    /// The usual capacity. Sizes from 64 KiB to 1 MiB make no difference to speed.
    package static let usualCapacity = 256 * 1024

    private let pages: UnsafeMutableRawPointer
    private let mapped: Int
    package let base: UnsafeMutableRawPointer
    package let capacity: Int
    package var start = 0
    package var end = 0

    package init(capacity: Int = Slab.usualCapacity) {
        self.capacity = capacity
        let page = sysconf(Int32(_SC_PAGESIZE)), size = capacity + Slab.slack, used = (size + page - 1) / page * page
        mapped = used + page
        // Where there is no memory left, the first touch ends the process, as it does with memory of malloc.
        unsafe pages = mmap(nil, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        unsafe mprotect(pages + used, page, PROT_NONE)
        unsafe base = pages + (used - size) / 64 * 64
    }

    deinit { unsafe munmap(pages, mapped) }

    package var count: Int { end - start }

    /// The bytes to be read.
    package var bytes: UnsafeRawBufferPointer { unsafe .init(start: base + start, count: end - start) }

    /// The free room after them.
    package var room: UnsafeMutableRawBufferPointer { unsafe .init(start: base + end, count: capacity - end) }

    package func reset() {
        start = 0
        end = 0
    }
}
