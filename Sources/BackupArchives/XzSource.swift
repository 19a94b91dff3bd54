import BackupBytes
import CLzma

/// Undoes xz, stream after stream; the checks of every block are verified, and that nothing follows. libarchive could,
/// but takes any dictionary that a header asks for.
@safe package final class XzSource: ByteSource {
    private let source: any ByteSource
    private let input = Slab()
    private var decoder = unsafe lzma_stream()
    private let windowLimit: Int
    private var consumed = 0
    private var isInputAtEnd = false, isAtEnd = false

    /// `windowLimit`: `UnpackingLimits.window`.
    package init(_ source: any ByteSource, windowLimit: Int = UnpackingLimits().window) {
        self.source = source
        self.windowLimit = windowLimit
        _ = unsafe lzma_stream_decoder(&decoder, UInt64(windowLimit + Self.decoderItself), Self.streamAfterStream)
    }

    deinit { unsafe lzma_end(&decoder) }

    /// What liblzma needs besides the dictionary, and LZMA_CONCATENATED (which is a macro that Swift does not see).
    private static let decoderItself = 1 << 20, streamAfterStream: UInt32 = 8

    package var length: Int? { nil }
    package var canceller: (any ReadCanceller)? { source.canceller }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while !isAtEnd {
            try fill()
            unsafe decoder.next_in = unsafe UnsafePointer(input.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
            unsafe decoder.avail_in = input.count
            unsafe decoder.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            unsafe decoder.avail_out = buffer.count
            let result = unsafe lzma_code(&decoder, isInputAtEnd ? LZMA_FINISH : LZMA_RUN)
            input.start = unsafe input.end - decoder.avail_in
            switch result {
            case LZMA_OK: break
            case LZMA_STREAM_END: isAtEnd = true
            case LZMA_BUF_ERROR: throw ArchiveFault.truncated(format: "xz", offset: offset)
            case LZMA_MEMLIMIT_ERROR: throw ArchiveFault.overLimit(.window, windowLimit)
            case LZMA_MEM_ERROR: throw damaged("there is no memory for its dictionary")
            case LZMA_OPTIONS_ERROR: throw damaged("a kind of block that is not known")
            default:
                throw damaged(
                    "wrong bytes, a wrong check, or something that is not xz follows (half a download with another "
                        + "appended?)"
                )
            }
            let count = unsafe buffer.count - decoder.avail_out
            if count > 0 { return count }
        }
        return 0
    }

    private func fill() throws {
        guard input.count == 0, !isInputAtEnd else { return }
        consumed += input.end
        input.reset()
        input.end = try unsafe source.read(into: input.room)
        isInputAtEnd = input.end == 0
    }

    /// Offset in the compressed stream.
    private var offset: Int { consumed + input.start }
    private func damaged(_ why: String) -> ArchiveFault { .damaged(format: "xz", why: why, offset: offset) }
}
