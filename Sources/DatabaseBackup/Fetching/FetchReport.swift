/// What a fetch did.
public struct FetchReport: Sendable, Hashable {
    /// What the bytes were compared with.
    public enum Verification: String, Sendable {
        /// The store sent its CRC-64, and it is ours too.
        case checksum = "crc64"
        /// The store sent none: only the size could be compared.
        case size
    }

    /// The file.
    public let path: String
    /// Bytes of the file.
    public let bytes: Int64
    /// Bytes that this run fetched; the rest lay on disk.
    public let fetched: Int64
    /// Connections that this run opened.
    public let connections: Int
    /// The CRC-64/XZ of the file.
    public let checksum: UInt64
    /// What the bytes were compared with.
    public let verification: Verification
    /// From the start of the run to the first byte on disk; nil when nothing had to be fetched.
    public let firstByte: Duration?
    /// How long it took.
    public let duration: Duration
}
