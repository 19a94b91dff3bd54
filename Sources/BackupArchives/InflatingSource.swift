import BackupBytes

/// A layer of compression that another process can resume in the middle.
package protocol InflatingSource: ByteSource {
    /// Where it can be resumed, so far.
    var resumePoints: InflatingResumePoints { get }
}

/// Where a layer of compression can be resumed.
package enum InflatingResumePoint: Codable, Sendable {
    case gzip(GzipResumePoint)
    case zstd(ZstdResumePoint)

    /// Compressed bytes before it.
    package var packed: Int {
        switch self {
        case .gzip(let point): point.packed
        case .zstd(let point): point.packed
        }
    }
    /// Bytes they have become.
    package var inflated: Int {
        switch self {
        case .gzip(let point): point.inflated
        case .zstd(let point): point.inflated
        }
    }

    /// `source` stands `packed` bytes after the layer's beginning. `resumeFolder`: where what its own resume points
    /// need may lie. `windowLimit`: `UnpackingLimits.window`.
    package func resume(
        _ source: any ByteSource, resumeFolder folder: String, windowLimit: Int
    ) throws -> any InflatingSource {
        switch self {
        case .gzip(let point): try GzipSource(source, at: point)
        case .zstd(let point): try ZstdSource(source, at: point, resumeFolder: folder, windowLimit: windowLimit)
        }
    }
}
