import CISAL

/// Inflates what MariaDB compresses inside events (log_bin_compress).
///
///     1000 0001   one byte of length follows, highest first, then zlib's data
@safe final class Inflater {
    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    /// The most bytes that an event may become.
    private let limit: Int
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity = 4096

    init(limit: Int) {
        self.limit = limit
        unsafe state.initialize(to: inflate_state())
        unsafe memory = .allocate(capacity: capacity)
    }

    deinit {
        unsafe state.deallocate()
        unsafe memory.deallocate()
    }

    /// What the rest of an event holds. Its memory is that of the inflater, until the next call.
    func inflate(_ rest: inout EventBytes) throws(ChangeError) -> EventBytes {
        let head = try rest.byte()
        guard head & 0x80 != 0, head >> 4 & 0x07 == 0 else {
            throw .unsupported("an event is compressed in a way that is not known")
        }
        let length = Int(exactly: try rest.bigEndian(Int(head & 0x07))) ?? .max
        return try inflate(&rest, length)
    }

    /// A value of a compressed column (COMPRESSED): `head` was its first byte.
    func inflateColumn(_ head: UInt8, _ rest: inout EventBytes) throws(ChangeError) -> EventBytes {
        // 8 is zlib; then a bit for data without its header and checksum, and the number of bytes of the length,
        // which has its highest byte first.
        guard head >> 4 == 8 else { throw .unsupported("a column is compressed in a way that is not known") }
        let isBare = head & 0x08 != 0
        let length = Int(exactly: try rest.bigEndian(Int(head & 0x07))) ?? .max
        return try inflate(&rest, length, isBare: isBare)
    }

    private func inflate(
        _ rest: inout EventBytes, _ length: Int, isBare: Bool = false
    ) throws(ChangeError) -> EventBytes {
        guard length <= limit else {
            throw ChangeError(.overLimit, "a compressed event says that it becomes \(length) bytes, more than \(limit)")
        }
        // A byte of zlib's becomes 1032 at the most.
        guard length <= rest.count * 1100 + 64 else {
            throw .damaged("a compressed event says that it becomes \(length) bytes, more than it can hold")
        }
        if length > capacity {
            unsafe memory.deallocate()
            capacity = length
            unsafe memory = .allocate(capacity: capacity)
        }
        unsafe isal_inflate_init(state)
        unsafe state.pointee.crc_flag = UInt32(isBare ? ISAL_DEFLATE : ISAL_ZLIB)
        unsafe state.pointee.next_in = unsafe UnsafeMutablePointer(mutating: rest.next)
        unsafe state.pointee.avail_in = UInt32(clamping: rest.count)
        unsafe state.pointee.next_out = unsafe memory
        unsafe state.pointee.avail_out = UInt32(clamping: length)
        let isWhole = unsafe isal_inflate(state) == ISAL_DECOMP_OK,
            written = unsafe length - Int(state.pointee.avail_out)
        guard isWhole, written == length else { throw .damaged("a compressed event is no whole zlib data") }
        return unsafe EventBytes(UnsafePointer(memory), length)
    }
}
