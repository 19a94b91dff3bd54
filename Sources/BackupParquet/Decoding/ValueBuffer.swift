/// Values of a page that are decoded and not yet written: numbers, places of bytes, or indexes of a dictionary.
///
/// Numbers are two's complement in 64 bits, floats their bits, booleans 0 and 1.
@safe final class ValueBuffer {
    static let capacity = 1024

    let numbers: UnsafeMutablePointer<Int64>
    let spans: UnsafeMutablePointer<ByteSpan>
    let indexes: UnsafeMutablePointer<UInt32>
    /// How many there are, and how many of them have been used.
    var count = 0
    var used = 0

    init() {
        unsafe numbers = .allocate(capacity: Self.capacity)
        unsafe spans = .allocate(capacity: Self.capacity)
        unsafe indexes = .allocate(capacity: Self.capacity)
    }

    deinit {
        unsafe numbers.deallocate()
        unsafe spans.deallocate()
        unsafe indexes.deallocate()
    }

    var left: Int { count - used }
}
