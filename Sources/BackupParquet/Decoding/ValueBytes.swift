/// The bytes of one value, which lie in a block.
@safe struct ValueBytes {
    let start: UnsafePointer<UInt8>
    let count: Int

    @inline(__always)
    init(_ start: UnsafePointer<UInt8>, _ count: Int) { unsafe (self.start, self.count) = unsafe (start, count) }

    var bytes: UnsafeBufferPointer<UInt8> { unsafe .init(start: start, count: count) }
}
