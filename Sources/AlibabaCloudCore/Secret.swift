/// A value that must never be seen: a key's secret half, a session token.
///
/// Printing, interpolating, dumping or logging one gives `***`. The text itself is read in one place only, where it is
/// used.
public struct Secret: Sendable, Hashable {
    /// The text itself. Read it where a request is signed or a header is set, nowhere else.
    public let revealed: String

    public init(_ text: String) {
        revealed = text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
