/// Where a Zstandard stream can be resumed: between two frames, or between two blocks of one. Any version of
/// libzstd can do so.
package struct ZstdResumePoint: Codable, Sendable {
    /// Compressed bytes before it.
    package var packed: Int
    /// Bytes they have become.
    package var inflated: Int
    var frames: Int
    /// nil: between two.
    var frame: ZstdFrame?
}
