import BackupBytes

/// A layer of compression that another process can go on with in the middle.
package protocol InflatingSource: ByteSource {
    /// The last place at or before an offset of the inflated bytes, of those that are kept. Any thread.
    func place(upTo offset: Int) -> InflatingPlace?
}

/// Where a layer of compression can be gone on with.
package enum InflatingPlace: Codable, Sendable {
    case gzip(GzipPlace)
    case zstd(ZstdPlace)

    /// Compressed bytes before it.
    package var packed: Int {
        switch self {
        case .gzip(let place): place.packed
        case .zstd(let place): place.packed
        }
    }
    /// Bytes they have become.
    package var inflated: Int {
        switch self {
        case .gzip(let place): place.inflated
        case .zstd(let place): place.inflated
        }
    }

    /// `source` stands `packed` bytes behind the layer's beginning. `placesIn`: where what its own places need may lie.
    /// `windowLimit`: `UnpackingLimits.window`.
    package func goOn(_ source: any ByteSource, placesIn folder: String, windowLimit: Int) throws -> any InflatingSource
    {
        switch self {
        case .gzip(let place): try GzipSource(source, at: place)
        case .zstd(let place): try ZstdSource(source, at: place, placesIn: folder, windowLimit: windowLimit)
        }
    }
}
