/// Memory for the bytes of a page, used for one page after another.
@safe final class Block {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// Bytes that hold something.
    private(set) var count = 0
    /// Bytes past the end that may be read: values are loaded by words.
    static let slack = 64

    init() {
        capacity = 0
        unsafe base = .allocate(capacity: Self.slack)
        unsafe base.initialize(repeating: 0, count: Self.slack)
    }

    deinit { unsafe base.deallocate() }

    /// Makes it hold so many bytes, which are to be written; what it held is gone.
    func begin(_ count: Int) {
        if count > capacity {
            unsafe base.deallocate()
            capacity = count
            unsafe base = .allocate(capacity: count + Self.slack)
        }
        self.count = count
        unsafe (base + count).initialize(repeating: 0, count: Self.slack)
    }

    /// Fewer bytes were written.
    func shorten(to count: Int) { self.count = min(self.count, count) }

    var room: UnsafeMutableRawBufferPointer { unsafe .init(start: base, count: count) }
    var bytes: UnsafeRawBufferPointer { unsafe .init(start: base, count: count) }

    /// Its bytes from `start` up to `end`.
    func cursor(_ start: Int, _ end: Int) throws(ParquetError) -> Cursor {
        guard start >= 0, start <= end, end <= count else { throw .damaged("a part of a page lies outside of it") }
        return unsafe Cursor(base + start, base + end)
    }
}
