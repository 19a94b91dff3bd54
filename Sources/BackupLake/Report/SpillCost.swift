/// What waiting on disk has cost.
public struct SpillCost: Sendable, Codable, Equatable {
    /// Data parts that waited.
    public var parts = 0
    /// Their bytes, and what they took on disk.
    public var bytes = 0
    /// Bytes that they took on disk.
    public var compressedBytes = 0
    /// Time spent writing them.
    public var seconds = 0.0

    package init() {}
}
