/// Bounds of what unpacking makes of an input, however few bytes ask for it.
package struct UnpackingLimits: Sendable {
    /// Archives and compressions inside each other.
    package var layers = 6
    /// Entries of all archives of an input together.
    package var entries = 1_000_000
    /// Bytes of one entry's path: what a file system takes.
    package var path = 4096
    /// Unpacked bytes to one packed byte, once a gibibyte has been unpacked. A layer of gzip reaches 1032, one of
    /// Zstandard some 32,000: what passes this are layers in layers, entries over each other, and holes.
    package var expansion = 100_000

    /// Bytes that a decoder looks back to, and keeps: the window of Zstandard (128 MiB is `zstd --long`), the
    /// dictionary of xz and 7z (64 MiB is `xz -9`).
    package var window = 128 << 20

    package init() {}

    /// Unpacked bytes that are never too many.
    static let expansionFloor = 1 << 30
}
