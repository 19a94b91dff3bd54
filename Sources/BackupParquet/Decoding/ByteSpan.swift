/// The bytes of one value, which lie in a page.
@safe struct ByteSpan {
    var start: UnsafePointer<UInt8>
    var count: Int

    init(_ start: UnsafePointer<UInt8>, _ count: Int) { unsafe (self.start, self.count) = unsafe (start, count) }

    var bytes: UnsafeBufferPointer<UInt8> { unsafe .init(start: start, count: count) }
}
