/// The name of a download task. `dt-…` belongs to advanced download (DBS 2021-01-01), all others to classic DBS.
public struct DownloadTaskID: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let description: String

    public init(_ text: String) { description = text }
    public init(stringLiteral text: String) { description = text }

    public var isClassic: Bool { !description.hasPrefix("dt-") }
}
