/// A body that arrives in pieces, of whatever size the connection gives.
public struct HTTPBody: Sendable {
    /// A piece of a body. Its bytes are valid inside the closure only.
    public protocol Piece: Sendable {
        var count: Int { get }
        func withBytes<Result>(_ read: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
    }

    /// Reads one body once, front to back.
    public protocol Pieces {
        mutating func next() async throws -> (any Piece)?
    }

    private let start: @Sendable () -> any Pieces

    /// Makes a body that `start` begins to read.
    public init(_ start: @escaping @Sendable () -> any Pieces) {
        self.start = start
    }

    /// The pieces, to be read once.
    public func pieces() -> any Pieces { start() }
}

extension [UInt8]: HTTPBody.Piece {
    /// Gives the bytes of the piece to `read`, which must not keep the pointer.
    public func withBytes<Result>(_ read: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withUnsafeBytes(read)
    }
}
