/// A source that can show its bytes where they lie, so that they are not copied once more.
public protocol LendingSource: ByteSource {
    /// The next bytes, valid until the next call; nil at the end.
    func next() throws -> UnsafeRawBufferPointer?
}

extension LendingSource {
    /// Itself.
    public var lending: (any LendingSource)? { self }
}
