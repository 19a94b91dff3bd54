import CISAL

/// Inflates pages that are one gzip member or several, or bare zlib data.
@safe final class GzipPages {
    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)

    init() { unsafe state.initialize(to: inflate_state()) }
    deinit { unsafe state.deallocate() }

    /// Bytes written; nil where it is no whole gzip, or holds more than there is room for.
    func inflate(
        _ packed: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        var at = 0, written = 0
        repeat {
            let isGzip = unsafe packed.count - at >= 2 && packed[at] == 0x1F && packed[at + 1] == 0x8B
            unsafe isal_inflate_init(state)
            unsafe state.pointee.crc_flag = UInt32(isGzip ? ISAL_GZIP : ISAL_ZLIB)
            unsafe state.pointee.next_in = unsafe UnsafeMutablePointer(
                mutating: (packed.baseAddress! + at).assumingMemoryBound(to: UInt8.self))
            unsafe state.pointee.avail_in = UInt32(clamping: packed.count - at)
            // A byte more than there may be shows that there is more.
            var spare: UInt8 = 0
            while unsafe written < out.count && state.pointee.block_state != ISAL_BLOCK_FINISH {
                let room = steps.next(out.count - written)
                unsafe state.pointee.next_out = unsafe (out.baseAddress! + written).assumingMemoryBound(to: UInt8.self)
                unsafe state.pointee.avail_out = UInt32(clamping: room)
                guard unsafe isal_inflate(state) == ISAL_DECOMP_OK else { return nil }
                let count = unsafe room - Int(state.pointee.avail_out)
                guard count > 0 else { break }
                written += count
                steps.end()
            }
            if unsafe state.pointee.block_state != ISAL_BLOCK_FINISH {
                let isWhole = unsafe withUnsafeMutablePointer(to: &spare) { spare in
                    unsafe state.pointee.next_out = unsafe spare
                    unsafe state.pointee.avail_out = 1
                    return unsafe isal_inflate(state) == ISAL_DECOMP_OK && state.pointee.avail_out == 1
                        && state.pointee.block_state == ISAL_BLOCK_FINISH
                }
                guard isWhole else { return nil }
            }
            at = unsafe packed.count - Int(state.pointee.avail_in)
        } while at < packed.count
        return written
    }
}
