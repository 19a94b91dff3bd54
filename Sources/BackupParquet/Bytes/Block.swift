/// Memory for bytes: of a page, or of values that are decoded.
///
/// Unchecked because of its memory. The rule: one thread fills it, and from the moment another one may have it, it is
/// only read.
@safe final class Block: @unchecked Sendable {
    private(set) var base: UnsafeMutablePointer<UInt8>
    /// With the slack.
    private var capacity: Int
    /// Bytes that hold something.
    private(set) var count: Int
    /// Bytes past the end that may be read and written: values are loaded and stored by words.
    static let slack = 64

    /// Of so many bytes, which are to be written.
    init(_ count: Int = 0) {
        self.count = count
        unsafe (base, capacity) = unsafe BlockMemory.take(count + Self.slack)
        unsafe (base + count).initialize(repeating: 0, count: Self.slack)
    }

    deinit { unsafe BlockMemory.giveBack(base, capacity) }

    /// Makes it hold so many bytes, which are to be written; what it held is gone.
    func begin(_ count: Int) {
        if count + Self.slack > capacity {
            unsafe BlockMemory.giveBack(base, capacity)
            unsafe (base, capacity) = unsafe BlockMemory.take(count + Self.slack)
        }
        self.count = count
        unsafe (base + count).initialize(repeating: 0, count: Self.slack)
    }

    var room: UnsafeMutableRawBufferPointer { unsafe .init(start: base, count: count) }
    var bytes: UnsafeRawBufferPointer { unsafe .init(start: base, count: count) }

    /// Its bytes from `start` up to `end`.
    func cursor(_ start: Int, _ end: Int) throws(ParquetError) -> Cursor {
        guard start >= 0, start <= end, end <= count else { throw .damaged("a part of a page lies outside of it") }
        return unsafe Cursor(base + start, base + end)
    }
}
