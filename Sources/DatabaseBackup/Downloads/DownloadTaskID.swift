/// The name of a download task. `dt-…` belongs to advanced download (DBS 2021-01-01), all others to classic DBS.
public struct DownloadTaskID: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The id, as the service spells it.
    public let description: String

    /// Makes an id of its text.
    public init(_ text: String) { description = text }
    /// Makes an id of a literal.
    public init(stringLiteral text: String) { description = text }

    /// Whether the task is one of classic DBS: all that do not begin with `dt-`.
    public var isClassic: Bool { !description.hasPrefix("dt-") }
}
