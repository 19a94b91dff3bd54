import BackupBytes
import CISAL

/// Inflates one member after another from pieces that are in memory.
@safe final class GzipMemberInflater {
    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    private let pool: SlabPool

    init(_ pool: SlabPool) {
        self.pool = pool
        unsafe state.initialize(to: inflate_state())
    }

    deinit { unsafe state.deallocate() }

    /// Adds what the member becomes that begins at an offset of `chunk`.
    /// - Returns: nil, and nothing is added, where it is no whole and sound member, reaches past `next`, or becomes
    ///   longer than `limit`.
    func member(
        at start: Int, in chunk: GzipChunk, _ next: GzipChunk?, into slabs: inout [Slab], atMost limit: Int
    ) -> (end: Int, inflated: Int)? {
        guard chunk.header(from: start) == start else { return nil }
        unsafe isal_inflate_init(state)
        unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
        let slabsBefore = slabs.count, lastEnd = slabs.last?.end ?? 0
        var inflated = 0, end: Int?
        for piece in [chunk, next].compactMap(\.self) {
            let from = max(start, piece.start)
            let left = unsafe piece.bytes.withUnsafeBytes { bytes -> Int? in
                unsafe inflate(.init(rebasing: bytes[(from - piece.start)...]), into: &slabs, &inflated, limit)
            }
            guard let left else { break }
            if unsafe state.pointee.block_state == ISAL_BLOCK_FINISH {
                end = piece.end - left
                break
            }
        }
        if let end { return (end, inflated) }
        for slab in slabs.dropFirst(slabsBefore) { pool.giveBack(slab) }
        slabs.removeLast(slabs.count - slabsBefore)
        slabs.last?.end = lastEnd
        return nil
    }

    /// - Returns: bytes that are left of the input; nil where the member cannot be used.
    private func inflate(
        _ input: UnsafeRawBufferPointer, into slabs: inout [Slab], _ inflated: inout Int, _ limit: Int
    ) -> Int? {
        unsafe state.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe state.pointee.avail_in = UInt32(input.count)
        while true {
            if unsafe slabs.last.map({ unsafe $0.room.count == 0 }) ?? true { slabs.append(pool.take()) }
            guard let slab = slabs.last else { return nil }
            let room = unsafe UInt32(slab.room.count)
            unsafe state.pointee.next_out = slab.room.baseAddress?.assumingMemoryBound(to: UInt8.self)
            unsafe state.pointee.avail_out = room
            let result = unsafe isal_inflate(state)
            let written = unsafe Int(room - state.pointee.avail_out)
            slab.end += written
            inflated += written
            guard result == ISAL_DECOMP_OK || result == ISAL_END_INPUT, inflated <= limit else { return nil }
            if unsafe state.pointee.block_state == ISAL_BLOCK_FINISH { return unsafe Int(state.pointee.avail_in) }
            if unsafe state.pointee.avail_in == 0 && state.pointee.avail_out > 0 { return 0 }
        }
    }
}
