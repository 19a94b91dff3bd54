/// An input of libFuzzer: options in front, the bytes of a file after them.
package struct FuzzInput {
    private var rest: UnsafeBufferPointer<UInt8>

    package init(_ start: UnsafePointer<UInt8>, _ count: Int) { rest = UnsafeBufferPointer(start: start, count: count) }

    /// The next byte of the options; 0 where there is none.
    package mutating func option() -> Int {
        guard let first = rest.first else { return 0 }
        rest = UnsafeBufferPointer(rebasing: rest.dropFirst())
        return Int(first)
    }

    /// What is after the options.
    package var file: [UInt8] { Array(rest) }
}
