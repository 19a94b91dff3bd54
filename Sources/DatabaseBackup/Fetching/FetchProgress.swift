/// How far a fetch has come; reported with every piece that was written.
public struct FetchProgress: Sendable, Hashable {
    /// Bytes on disk, those of earlier runs included.
    public let done: Int64
    /// Bytes in all.
    public let total: Int64
    /// Bytes that this run fetched.
    public let fetched: Int64
}
