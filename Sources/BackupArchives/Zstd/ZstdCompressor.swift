import CZstd
import Foundation

/// Compresses pieces to Zstandard frames of their own: frames one after another are one valid file.
@safe package final class ZstdCompressor {
    private let context = unsafe ZSTD_createCCtx()
    private let level: Int32

    package init(level: Int32 = 3) { self.level = level }
    deinit { unsafe ZSTD_freeCCtx(context) }

    /// One frame with a checksum.
    package func frame(_ bytes: UnsafeRawBufferPointer) -> Data {
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        var frame = Data(count: ZSTD_compressBound(bytes.count))
        let length = unsafe frame.withUnsafeMutableBytes { unsafe ZSTD_compress2(context, $0.baseAddress, $0.count, bytes.baseAddress, bytes.count) }
        return frame.prefix(length)
    }
}
