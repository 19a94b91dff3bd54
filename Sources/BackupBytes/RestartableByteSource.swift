/// A source that another process can resume after this one has ended: a download is asked for from the middle.
///
/// It is `Sendable`, because `resumePoint(upTo:)` is called while another thread reads.
public protocol RestartableByteSource: ByteSource, Sendable {
    /// What it reads. Two sources of one identity give the same bytes.
    var identity: String { get }
    /// Offset of the first byte it gives: 0, unless it was opened to resume.
    var start: Int { get }
    /// The last point at or before `offset` at which another source can resume; nil where there is only the beginning.
    /// Any thread.
    func resumePoint(upTo offset: Int) -> SourceResumePoint?
}

extension RestartableByteSource {
    /// Itself.
    public var restartable: (any RestartableByteSource)? { self }
}

/// Where a source can be resumed.
public struct SourceResumePoint: Codable, Sendable, Equatable {
    /// Bytes before it.
    public var offset: Int
    /// CRC-64 (ECMA-182) of those bytes, where the source verifies one at its end.
    public var checksum: UInt64?

    /// Makes a position; the checksum is that of all bytes before it, if the source keeps one.
    public init(offset: Int, checksum: UInt64? = nil) {
        self.offset = offset
        self.checksum = checksum
    }
}
