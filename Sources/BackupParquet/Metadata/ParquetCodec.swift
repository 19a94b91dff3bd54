/// How pages are compressed (parquet.thrift, `CompressionCodec`).
package enum ParquetCodec: Int, Sendable {
    case uncompressed, snappy, gzip, lzo, brotli, lz4, zstd, lz4Raw

    package var name: String {
        switch self {
        case .uncompressed: "uncompressed"
        case .snappy: "Snappy"
        case .gzip: "GZIP"
        case .lzo: "LZO"
        case .brotli: "Brotli"
        case .lz4: "LZ4 (Hadoop)"
        case .zstd: "Zstandard"
        case .lz4Raw: "LZ4_RAW"
        }
    }
}
