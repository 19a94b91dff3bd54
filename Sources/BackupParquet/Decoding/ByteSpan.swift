/// Where the bytes of one value lie in a block.
struct ByteSpan {
    var start: UInt32
    var count: UInt32

    @inline(__always)
    init(_ start: Int, _ count: Int) {
        (self.start, self.count) = (UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: count))
    }

    /// Its bytes, where the block's begin at `base`.
    @inline(__always)
    func bytes(_ base: UnsafePointer<UInt8>) -> ValueBytes { unsafe ValueBytes(base + Int(start), Int(count)) }
}
