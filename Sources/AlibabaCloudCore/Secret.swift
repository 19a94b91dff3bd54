/// A value that must never be seen: a key's secret half, a session token.
///
/// Printing, interpolating, dumping or logging one gives `***`. The text itself is read by one function only, where it
/// is used.
public struct Secret: Sendable, Hashable {
    /// The text itself. Read it where a request is signed or a header is set, nowhere else.
    public let revealed: String

    /// Makes a secret of a text; only `revealed` gives it back.
    public init(_ text: String) {
        revealed = text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Three asterisks.
    public var description: String { "***" }
    /// Three asterisks.
    public var debugDescription: String { "***" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
