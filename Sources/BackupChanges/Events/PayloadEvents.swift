import CZstd
import Foundation

/// The events in a TRANSACTION_PAYLOAD event, which a server has compressed together (binlog_transaction_compression).
///
///     fields: type, length, value | … | 0 | compressed: header body | header body | …   without checksums
///
/// What is decompressed and not read yet is never more than an event and a piece.
@safe final class PayloadEvents {
    let position: Int
    private var packed: EventBytes
    private let isCompressed: Bool
    private let context: OpaquePointer?
    private var memory: UnsafeMutableRawPointer
    private var capacity = 1 << 18
    private var start = 0, end = 0
    private let limit: Int
    private var isFrameWhole = true

    /// `body` stays as it is while its events are read.
    init(_ body: EventBytes, at position: Int, limit: Int) throws(ChangeError) {
        (self.position, self.limit) = (position, limit)
        var rest = body, size: Int?, kind = 255
        while true {
            let field = try rest.packed()
            if field == 0 { break }
            var value = try rest.take(try rest.packed())
            switch field {
            case 1: size = try value.packed()
            case 2: kind = try value.packed()
            default: break
            }
        }
        guard kind == 0 || kind == 255 else {
            throw .unsupported("a transaction is compressed in a way that is not known: \(kind)")
        }
        isCompressed = kind == 0
        if let size, size != rest.count {
            throw .damaged("a compressed transaction says that it has \(size) bytes, where there are \(rest.count)")
        }
        packed = rest
        unsafe context = unsafe ZSTD_createDCtx()
        unsafe memory = BytesMemory.allocate(capacity)
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
        unsafe free(memory)
    }

    /// The next event, whose body holds until the next call; nil at the end.
    func next() throws(ChangeError) -> LogEvent? {
        guard try fill(LogEvent.headerLength) else {
            guard start == end, isFrameWhole else { throw .damaged("a compressed transaction ends inside an event") }
            return nil
        }
        var (event, length) = try LogEvent.header(bytes(LogEvent.headerLength))
        guard length >= LogEvent.headerLength else {
            throw .damaged("an event of a compressed transaction says that it has \(length) bytes")
        }
        guard length <= limit else {
            throw ChangeError(.overLimit, "an event says that it has \(length) bytes, more than \(limit)")
        }
        guard try fill(length) else { throw .damaged("a compressed transaction ends inside an event") }
        event.position = position
        event.body = bytes(length)
        try event.body.skip(LogEvent.headerLength)
        start += length
        return event
    }

    private func bytes(_ count: Int) -> EventBytes {
        unsafe EventBytes(UnsafePointer((memory + start).assumingMemoryBound(to: UInt8.self)), count)
    }

    private func fill(_ wanted: Int) throws(ChangeError) -> Bool {
        while end - start < wanted {
            if start > 0 {
                unsafe memory.copyMemory(from: memory + start, byteCount: end - start)
                (start, end) = (0, end - start)
            }
            if packed.isEmpty && (isFrameWhole || !isCompressed) { return false }
            if end == capacity { grow() }
            let before = end
            if isCompressed { try decompress() } else { try copy() }
            if end == before && packed.isEmpty { return false }
        }
        return true
    }

    private func copy() throws(ChangeError) {
        let piece = try packed.take(min(packed.count, capacity - end))
        unsafe (memory + end).copyMemory(from: piece.next, byteCount: piece.count)
        end += piece.count
    }

    private func decompress() throws(ChangeError) {
        var input = unsafe ZSTD_inBuffer(src: packed.next, size: packed.count, pos: 0)
        var output = unsafe ZSTD_outBuffer(dst: memory + end, size: capacity - end, pos: 0)
        let result = unsafe ZSTD_decompressStream(context, &output, &input)
        guard ZSTD_isError(result) == 0 else { throw .damaged("a compressed transaction is no whole Zstandard data") }
        isFrameWhole = result == 0
        try packed.skip(unsafe input.pos)
        end += unsafe output.pos
    }

    private func grow() {
        capacity *= 2
        unsafe memory = BytesMemory.resize(memory, to: capacity)
    }
}
