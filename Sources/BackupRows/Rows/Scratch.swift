/// Memory that a thread's kernels undo escapes in: it holds nothing between two calls.
@safe final class Scratch {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// What kernels write past the bytes they were asked for.
    private static let slack = 1024

    init(capacity: Int) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity + Self.slack)
    }

    deinit { unsafe base.deallocate() }

    /// Makes room for the longest value of so many bytes.
    func reserve(_ count: Int) {
        guard capacity < count else { return }
        unsafe base.deallocate()
        capacity = count
        unsafe base = .allocate(capacity: count + Self.slack)
    }
}
