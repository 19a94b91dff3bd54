import CBrotli
import CLZ4
import CSnappy
import CZstd

/// Decompresses pages of one file; each codec by its own library.
@safe final class Decompressor {
    private lazy var zstd = unsafe ZSTD_createDCtx()
    private let gzip = GzipPages()

    deinit { unsafe ZSTD_freeDCtx(zstd) }

    /// Fills `out` with what `packed` holds, which must be as much.
    func decompress(
        _ packed: UnsafeRawBufferPointer, codec: ParquetCodec, into out: UnsafeMutableRawBufferPointer,
        _ steps: PageSteps = PageSteps(0, [])
    ) throws(ParquetError) {
        guard packed.count > 0 || out.count > 0 else { return }
        let written: Int?
        switch codec {
        case .uncompressed:
            guard packed.count == out.count else { throw .damaged("a page is not as long as its header says") }
            unsafe out.copyMemory(from: packed)
            return
        case .snappy: unsafe written = steps.isOne ? snappy(packed, out) : SteppedBlocks.snappy(packed, out, steps)
        case .gzip: unsafe written = gzip.inflate(packed, into: out, steps)
        case .zstd: unsafe written = zstd(packed, out, steps)
        case .brotli: unsafe written = steps.isOne ? brotli(packed, out) : brotli(packed, out, steps)
        case .lz4Raw: unsafe written = lz4Block(packed, out, steps)
        case .lz4: unsafe written = lz4(packed, out, steps)
        case .lzo: throw .unsupported("its pages are compressed by LZO")
        }
        guard let written else { throw .damaged("a page is no whole \(codec.name)") }
        guard written == out.count else {
            throw .damaged("a page decompresses to \(written) bytes where its header says \(out.count)")
        }
    }

    private func zstd(
        _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        if !steps.isOne, let count = unsafe zstdStream(packed, out, steps) { return count }
        // Its window may be longer than a stream may have.
        let count = unsafe ZSTD_decompressDCtx(zstd, out.baseAddress, out.count, packed.baseAddress, packed.count)
        return ZSTD_isError(count) == 0 ? count : nil
    }

    /// nil: it cannot be read as a stream.
    private func zstdStream(
        _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        unsafe ZSTD_DCtx_reset(zstd, ZSTD_reset_session_only)
        var from = unsafe ZSTD_inBuffer(src: packed.baseAddress, size: packed.count, pos: 0)
        var to = unsafe ZSTD_outBuffer(dst: out.baseAddress, size: 0, pos: 0)
        while true {
            let before = unsafe (from.pos, to.pos)
            unsafe to.size = unsafe to.pos + steps.next(out.count - to.pos)
            let left = unsafe ZSTD_decompressStream(zstd, &to, &from)
            guard ZSTD_isError(left) == 0 else { return nil }
            steps.end()
            if unsafe left == 0 && from.pos == from.size { return unsafe to.pos }
            if unsafe before == (from.pos, to.pos) { return nil }
        }
    }

    private func snappy(_ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer) -> Int? {
        let from = unsafe packed.baseAddress?.assumingMemoryBound(to: CChar.self)
        var count = 0
        guard unsafe snappy_uncompressed_length(from, packed.count, &count) == SNAPPY_OK else { return nil }
        guard count == out.count else { return count }
        let to = unsafe out.baseAddress?.assumingMemoryBound(to: CChar.self)
        return unsafe snappy_uncompress(from, packed.count, to, &count) == SNAPPY_OK ? count : nil
    }

    private func brotli(_ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer) -> Int? {
        var count = out.count
        let from = unsafe packed.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let to = unsafe out.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let done = unsafe BrotliDecoderDecompress(packed.count, from, &count, to)
        return done == BROTLI_DECODER_RESULT_SUCCESS ? count : nil
    }

    private func brotli(
        _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        guard let decoder = unsafe BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
        defer { unsafe BrotliDecoderDestroyInstance(decoder) }
        var from = unsafe packed.baseAddress?.assumingMemoryBound(to: UInt8.self), available = packed.count
        var to = unsafe out.baseAddress?.assumingMemoryBound(to: UInt8.self), left = out.count
        while true {
            let size = steps.next(left)
            var room = size
            let result = unsafe BrotliDecoderDecompressStream(decoder, &available, &from, &room, &to, nil)
            left -= size - room
            steps.end()
            if result == BROTLI_DECODER_RESULT_SUCCESS { return available == 0 ? out.count - left : nil }
            guard result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT, size > room else { return nil }
        }
    }

    private func lz4Block(
        _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        if !steps.isOne { return unsafe SteppedBlocks.lz4(packed, out, steps) }
        guard let from = Int32(exactly: packed.count), let to = Int32(exactly: out.count) else { return nil }
        let count = unsafe LZ4_decompress_safe(
            packed.baseAddress?.assumingMemoryBound(to: CChar.self),
            out.baseAddress?.assumingMemoryBound(to: CChar.self), from, to)
        return count >= 0 ? Int(count) : nil
    }

    /// The codec LZ4 means Hadoop's frames; there are files that have LZ4's own frames, or a bare block.
    private func lz4(
        _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        if let count = unsafe hadoop(packed, out, steps), count == out.count { return count }
        if unsafe packed.starts(with: [0x04, 0x22, 0x4D, 0x18]), let count = unsafe lz4Frame(packed, out, steps) {
            return count
        }
        return unsafe lz4Block(packed, out, steps)
    }

    /// Two lengths of four bytes, the highest first: of what comes out, and of the block that follows.
    private func hadoop(
        _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        var at = 0, written = 0
        while at < packed.count {
            guard packed.count - at >= 8 else { return nil }
            let size = unsafe Int(UInt32(bigEndian: packed.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
            let length = unsafe Int(UInt32(bigEndian: packed.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self)))
            at += 8
            guard length <= packed.count - at, size <= out.count - written else { return nil }
            let piece = unsafe UnsafeRawBufferPointer(rebasing: packed[at ..< at + length])
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: out[written ..< written + size])
            guard unsafe lz4Block(piece, room, steps) == size else { return nil }
            at += length
            written += size
        }
        return written
    }

    private func lz4Frame(
        _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        var context: OpaquePointer?
        guard unsafe LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0 else {
            return nil
        }
        defer { unsafe LZ4F_freeDecompressionContext(context) }
        var at = 0, written = 0
        while at < packed.count {
            var room = steps.next(out.count - written), used = packed.count - at
            guard let to = out.baseAddress, let from = packed.baseAddress else { return nil }
            let left = unsafe LZ4F_decompress(context, to + written, &room, from + at, &used, nil)
            if LZ4F_isError(left) != 0 || (room == 0 && used == 0) { return nil }
            at += used
            written += room
            steps.end()
        }
        return written
    }
}
