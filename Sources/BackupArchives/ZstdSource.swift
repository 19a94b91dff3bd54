import BackupBytes
import CZstd

/// Inflates Zstandard (RFC 8878), frame after frame; each frame's checksum is verified where it has one.
@safe package final class ZstdSource: ByteSource, @unchecked Sendable {
    private let source: any ByteSource
    private let input = Slab()
    private let context = unsafe ZSTD_createDStream()
    private var consumed = 0
    private var isInputAtEnd = false
    private var isInFrame = true

    package init(_ source: any ByteSource) { self.source = source }
    deinit { unsafe ZSTD_freeDStream(context) }

    package var length: Int? { nil }
    package func cancel() { source.cancel() }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var out = unsafe ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        while unsafe out.pos == 0 {
            if input.count == 0 {
                consumed += input.end
                input.reset()
                input.end = try unsafe source.read(into: input.room)
                isInputAtEnd = input.end == 0
                if isInputAtEnd && !isInFrame { return 0 }
            }
            var piece = unsafe ZSTD_inBuffer(src: input.base + input.start, size: input.count, pos: 0)
            let hint = unsafe ZSTD_decompressStream(context, &out, &piece)
            unsafe input.start += piece.pos
            if ZSTD_isError(hint) != 0 {
                throw unsafe ArchiveFault.damaged(
                    format: "zstd", why: String(cString: ZSTD_getErrorName(hint)), offset: consumed + input.start)
            }
            isInFrame = hint != 0
            if unsafe isInputAtEnd && out.pos == 0 && isInFrame {
                throw ArchiveFault.truncated(format: "zstd", offset: consumed)
            }
        }
        return unsafe out.pos
    }
}
