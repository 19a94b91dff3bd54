import CISAL

/// Whether a saved `inflate_state` of ISA-L is one that ISA-L can have left between two calls, with all its input used
/// up.
///
/// ISA-L trusts its own state: lengths in it say how far it copies, and its tables how far it looks and how many bytes
/// a symbol becomes. A checkpoint may have been changed by anybody, so each of these is held against what ISA-L's own
/// code writes (igzip_inflate.c, igzip_decode_block_stateless.asm).
///
///     literals and lengths, by 12 bits    | 4 length | 2 count  | 0 |    25: one to three symbols |
///       or, for longer codes              | 6 longest length   | 1 |    25: where long ones begin, by further bits |
///     the long ones                       | 6 length | 10 symbol |
///     distances, by 10 bits               | 5 length | 0 | 1 | 4 extra bits | 5 symbol |
///       or, for longer codes              | 5 longest length | 1 | 10 beginning |
enum InflateStateRules {
    private static let longestCode = 15, longestExpandedCode = 21, lastSymbol = 512, lastLiteral = 255,
        lastDistance = 29

    /// Where a state can be saved: not inside a gzip header, nor at a member's end.
    static func canBeSaved(_ state: UnsafePointer<inflate_state>) -> Bool {
        unsafe [ISAL_BLOCK_NEW_HDR, ISAL_BLOCK_HDR, ISAL_BLOCK_TYPE0, ISAL_BLOCK_CODED].contains(
            state.pointee.block_state)
            && state.pointee.wrapper_flag != 0
    }

    static func allow(_ state: UnsafePointer<inflate_state>) -> Bool {
        let outRoom = 2 * Int(ISAL_DEF_HIST_SIZE) + 288, inRoom = Int(ISAL_DEF_MAX_HDR_SIZE)
        guard unsafe canBeSaved(state), unsafe state.pointee.crc_flag == UInt32(ISAL_GZIP),
            unsafe (0 ... 64).contains(state.pointee.read_in_length), unsafe state.pointee.bfinal <= 1,
            unsafe state.pointee.hist_bits == 0, unsafe state.pointee.dict_length == 0,
            unsafe state.pointee.write_overflow_len == 0, unsafe state.pointee.copy_overflow_length == 0,
            unsafe (0 ... inRoom).contains(Int(state.pointee.tmp_in_size)),
            unsafe (0 ... outRoom).contains(Int(state.pointee.tmp_out_valid)),
            unsafe (0 ... state.pointee.tmp_out_valid).contains(state.pointee.tmp_out_processed)
        else { return false }
        if unsafe state.pointee.block_state == ISAL_BLOCK_TYPE0 {
            return unsafe (0 ... 65_535).contains(state.pointee.type0_block_len)
        }
        // the next header makes the tables anew
        if unsafe state.pointee.block_state != ISAL_BLOCK_CODED { return true }
        guard let literals = unsafe MemoryLayout<inflate_state>.offset(of: \.lit_huff_code),
            let distances = unsafe MemoryLayout<inflate_state>.offset(of: \.dist_huff_code)
        else { return false }
        let bytes = unsafe UnsafeRawBufferPointer(start: state, count: MemoryLayout<inflate_state>.size)
        return unsafe allowLiterals(
            .init(rebasing: bytes[literals ..< literals + MemoryLayout<inflate_huff_code_large>.size]))
            && allowDistances(
                .init(rebasing: bytes[distances ..< distances + MemoryLayout<inflate_huff_code_small>.size]))
    }

    private static func allowLiterals(_ table: UnsafeRawBufferPointer) -> Bool {
        let short = 1 << Int(ISAL_DECODE_LONG_BITS), longCount = (table.count - 4 * short) / 2
        for index in 0 ..< short {
            let entry = unsafe Int(table.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
            let symbols = entry & (1 << 25 - 1)
            if entry >> 28 == 0 { continue }  // no code: an error when it is met
            if entry >> 25 & 1 == 1 {
                let bits = entry >> 26 - Int(ISAL_DECODE_LONG_BITS)
                guard bits > 0, entry >> 26 <= longestExpandedCode, symbols + 1 << bits <= longCount else {
                    return false
                }
            } else {
                let count = entry >> 26 & 3
                guard count > 0, symbols >> (8 * (count - 1)) <= lastSymbol else { return false }
            }
        }
        return (0 ..< longCount).allSatisfy { index in
            let entry = unsafe Int(table.loadUnaligned(fromByteOffset: 4 * short + 2 * index, as: UInt16.self))
            return entry >> 10 == 0 || (entry >> 10 <= longestExpandedCode && entry & 0x3FF <= lastSymbol)
        }
    }

    private static func allowDistances(_ table: UnsafeRawBufferPointer) -> Bool {
        let short = 1 << Int(ISAL_DECODE_SHORT_BITS), longCount = (table.count - 2 * short) / 2
        for index in 0 ..< short {
            let entry = unsafe Int(table.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)),
                length = entry >> 11
            if length > 0 && entry >> 10 & 1 == 1 {
                let bits = length - Int(ISAL_DECODE_SHORT_BITS)
                guard bits > 0, length <= longestCode, entry & 0x1FF + 1 << bits <= longCount else { return false }
            } else if !allowDistance(entry & 0x7FF, length: length) {
                return false
            }
        }
        return (0 ..< longCount).allSatisfy { index in
            let entry = unsafe Int(table.loadUnaligned(fromByteOffset: 2 * short + 2 * index, as: UInt16.self))
            return allowDistance(entry & 0x3FF, length: entry >> 10)
        }
    }

    /// Without a code, the entry says how many bits must be there before that is an error.
    private static func allowDistance(_ entry: Int, length: Int) -> Bool {
        if length == 0 { return entry <= longestCode }
        let symbol = entry & 31, extra = entry >> 5
        return length <= longestCode && symbol <= lastDistance && extra == max(0, symbol / 2 - 1)
    }
}
