import CBackupKernels

/// The arena is full: marks count bytes in 28 bits.
package struct ArenaFull: Error {}

/// Memory for bytes of values that are made, not read: text decoded from other charsets, JSON on one line, the texts
/// of a binary format. Marks with BK_ARENA point into it.
///
/// Unchecked because of its memory. The rule: one thread fills it, and it is only read from the moment a batch or a
/// `DecodedRows` has it.
@safe package final class Arena: @unchecked Sendable {
    /// Bytes it can hold: what an offset of a mark can name.
    package static let limit = Int(BK_OFFSET)

    package private(set) var base: UnsafeMutablePointer<UInt8>
    /// Bytes that can be written before it has to grow; BK_SLACK more may be overwritten.
    private(set) var capacity: Int
    /// Bytes that hold something.
    package private(set) var count = 0

    package init(capacity: Int = 0) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity + Int(BK_SLACK))
    }

    deinit { unsafe base.deallocate() }

    /// Holds what another one holds, and nothing else.
    func begin(with other: Arena?) {
        count = 0
        guard let other, grow(by: other.count) else { return }
        unsafe base.update(from: other.base, count: other.count)
        count = other.count
    }

    /// Makes room for so many more bytes at `base + count`; the writer then calls `commit`.
    func reserve(_ more: Int) throws(ArenaFull) {
        guard grow(by: more) else { throw ArenaFull() }
    }

    /// Room for so many more bytes at its end; the writer says so with `commit`.
    func room(_ more: Int) throws(ArenaFull) -> UnsafeMutableBufferPointer<UInt8> {
        try reserve(more)
        return unsafe UnsafeMutableBufferPointer(start: base + count, count: more)
    }

    /// Makes room for so many more bytes, or for as many as it can hold, if these are more than there were.
    func extend(by more: Int) throws(ArenaFull) {
        guard capacity < Self.limit else { throw ArenaFull() }
        _ = grow(by: min(more, Self.limit - count))
    }

    /// Makes room for so many more bytes; false where it is full.
    func grow(by more: Int) -> Bool {
        if count + more <= capacity { return true }
        guard count + more <= Self.limit else { return false }
        capacity = min(max(count + more, capacity * 2, 4096), Self.limit)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Int(BK_SLACK))
        unsafe larger.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = unsafe larger
        return true
    }

    /// So many bytes have been written at `base + count`.
    func commit(_ more: Int) { count += more }

    /// Takes bytes back that were written last.
    func truncate(to count: Int) { self.count = count }

    /// Copies bytes to its end.
    func append(_ bytes: UnsafeBufferPointer<UInt8>) throws(ArenaFull) {
        guard let first = bytes.baseAddress else { return }
        try reserve(bytes.count)
        unsafe (base + count).update(from: first, count: bytes.count)
        commit(bytes.count)
    }

    package func append(_ bytes: [UInt8]) throws(ArenaFull) {
        let bytes = bytes.span
        try reserve(bytes.count)
        for index in bytes.indices { unsafe base[count + index] = bytes[index] }
        commit(bytes.count)
    }

    /// The field of all bytes from `start` on.
    package func field(from start: Int, _ kind: bk_kind) -> bk_field {
        bk_field(start: UInt32(start) | kind.rawValue, end: UInt32(count) | BK_ARENA.rawValue)
    }
}
