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

    public init(_ start: @escaping @Sendable () -> any Pieces) {
        self.start = start
    }

    public func pieces() -> any Pieces { start() }
}

extension [UInt8]: HTTPBody.Piece {
    public func withBytes<Result>(_ read: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withUnsafeBytes(read)
    }
}
