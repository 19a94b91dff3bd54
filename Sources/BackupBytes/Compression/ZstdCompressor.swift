import CZstd
import Foundation

/// Compresses pieces to Zstandard frames of their own: frames one after another are one valid file.
@safe package final class ZstdCompressor {
    private let context = unsafe ZSTD_createCCtx()
    private let level: Int32

    package init(level: Int32 = 3) { self.level = level }
    deinit { unsafe ZSTD_freeCCtx(context) }

    /// One frame with a checksum and its size, of bytes that `eachPiece` gives one after another. Takes little memory
    /// besides what comes out.
    package func frame(
        of size: Int, _ eachPiece: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> Data {
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        unsafe ZSTD_CCtx_setPledgedSrcSize(context, UInt64(size))
        var frame = Data()
        let room = Slab()
        try unsafe eachPiece { try unsafe append($0, to: &frame, by: room, ZSTD_e_continue) }
        try unsafe append(.init(start: nil, count: 0), to: &frame, by: room, ZSTD_e_end)
        return frame
    }

    private func append(
        _ piece: UnsafeRawBufferPointer, to frame: inout Data, by room: Slab, _ directive: ZSTD_EndDirective
    ) throws {
        var input = unsafe ZSTD_inBuffer(src: piece.baseAddress, size: piece.count, pos: 0), left = 1
        while unsafe directive == ZSTD_e_end ? left > 0 : input.pos < input.size {
            var output = unsafe ZSTD_outBuffer(dst: room.base, size: room.capacity, pos: 0)
            left = unsafe ZSTD_compressStream2(context, &output, &input, directive)
            guard ZSTD_isError(left) == 0 else { throw RecordDamaged() }
            unsafe frame.append(room.base.assumingMemoryBound(to: UInt8.self), count: output.pos)
        }
    }

    /// One frame with a checksum.
    package func frame(_ bytes: UnsafeRawBufferPointer) -> Data {
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        var frame = Data(count: ZSTD_compressBound(bytes.count))
        let length = unsafe frame.withUnsafeMutableBytes {
            unsafe ZSTD_compress2(context, $0.baseAddress, $0.count, bytes.baseAddress, bytes.count)
        }
        return frame.prefix(length)
    }
}
