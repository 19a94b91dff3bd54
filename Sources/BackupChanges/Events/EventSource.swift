import BackupBytes
import CISAL
import Foundation

/// Reads the events of one log: the magic number, then one event after another, checksums verified.
///
///     FE 62 69 6E | header 19 | body … | CRC32 |  header 19 | body … | CRC32 | …
///
/// Its memory grows with the bytes that come, never with what a length says.
@safe final class EventSource {
    private let source: any ByteSource
    private(set) var format = LogFormat()
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private var start = 0
    private var end = 0
    /// Where the byte at `start` is in the log.
    private(set) var position: Int
    /// The longest event.
    private let limit: Int
    private var hasMagic: Bool
    private var hasFormat: Bool

    private static let firstCapacity = 1 << 18
    /// More memory than that is let go after the event that needed it.
    private static let usualCapacity = 1 << 22

    /// `position`: where `source` begins in the log; its events are of `format` where it is known already.
    init(_ source: any ByteSource, limit: Int, at position: Int = 0, format: LogFormat? = nil) {
        self.source = source
        self.limit = limit
        self.position = position
        self.format = format ?? LogFormat()
        hasMagic = position > 0
        hasFormat = format != nil
        capacity = Self.firstCapacity
        unsafe memory = BytesMemory.allocate(capacity)
    }

    deinit { unsafe free(memory) }

    /// The next event; nil at the end of the log.
    func next() throws -> LogEvent? {
        shrink()
        if !hasMagic { try readMagic() }
        guard try fill(LogEvent.headerLength) else {
            if end > start {
                throw ChangeError.damaged("the log ends inside the header of an event: it was cut").located(
                    "", position)
            }
            return nil
        }
        do {
            return try event()
        } catch let error as ChangeError {
            throw error.located("", position)
        }
    }

    private func readMagic() throws {
        guard try fill(4) else { throw ChangeError.damaged("it is shorter than the first four bytes of a binary log") }
        let magic = unsafe Array(UnsafeRawBufferPointer(start: memory + start, count: 4))
        if magic == [0xFD, 0x62, 0x69, 0x6E] {
            throw ChangeError.unsupported(
                "it is encrypted (binlog_encryption): take the log from a server that can read it, with "
                    + "`mysqlbinlog --read-from-remote-server --raw`"
            )
        }
        guard magic == [0xFE, 0x62, 0x69, 0x6E] else {
            throw ChangeError.damaged("it does not begin as a binary log does")
        }
        hasMagic = true
        advance(4)
    }

    private func event() throws -> LogEvent {
        var (event, length) = try LogEvent.header(bytes(LogEvent.headerLength))
        guard length >= LogEvent.headerLength else {
            throw ChangeError.damaged("an event says that it has \(length) bytes, less than its header")
        }
        guard length <= limit else {
            throw ChangeError(.overLimit, "an event says that it has \(length) bytes, more than \(limit)")
        }
        guard try fill(length) else {
            throw ChangeError.damaged(
                "the log ends after \(end - start) of an event's \(length) bytes: it was cut, or the length is wrong")
        }
        if !hasFormat && event.kind != EventKind.formatDescription {
            if event.kind == EventKind.startV3 {
                throw ChangeError.unsupported("it is a log of a server before MySQL 5.0")
            }
            throw ChangeError.damaged(
                "its first event is of type \(event.kind), and does not describe the log's format")
        }
        var body = bytes(length)
        if event.kind == EventKind.formatDescription {
            var rest = body
            try rest.skip(LogEvent.headerLength)
            format = try LogFormat(rest)
            hasFormat = true
        }
        if format.hasChecksums {
            guard length >= LogEvent.headerLength + 4 else {
                throw ChangeError.damaged("an event without its checksum")
            }
            try check(length, isFormat: event.kind == EventKind.formatDescription)
            body = try body.take(length - 4)
        }
        try body.skip(LogEvent.headerLength)
        event.body = body
        event.position = position
        advance(length)
        return event
    }

    /// The checksum at the end of an event. The flag that says that a log is in use is set, and cleared, without it.
    private func check(_ length: Int, isFormat: Bool) throws(ChangeError) {
        let bytes = unsafe (memory + start).assumingMemoryBound(to: UInt8.self)
        let flags = unsafe bytes[17]
        if isFormat { unsafe bytes[17] = flags & 0xFE }
        let sum = unsafe crc32_gzip_refl(0, bytes, UInt64(length - 4))
        if isFormat { unsafe bytes[17] = flags }
        let written = unsafe (memory + start + length - 4).loadUnaligned(as: UInt32.self)
        guard sum == UInt32(littleEndian: written) else {
            throw .damaged("the checksum of an event is wrong: its bytes are not those that were written")
        }
    }

    // MARK: Memory

    private func bytes(_ count: Int) -> EventBytes {
        unsafe EventBytes(UnsafePointer((memory + start).assumingMemoryBound(to: UInt8.self)), count)
    }

    private func advance(_ count: Int) {
        start += count
        position += count
    }

    /// Makes so many bytes be there; false where the log ends before.
    private func fill(_ wanted: Int) throws -> Bool {
        while end - start < wanted {
            if start > 0 && (capacity - start < wanted || start == end) {
                unsafe memory.copyMemory(from: memory + start, byteCount: end - start)
                (start, end) = (0, end - start)
            }
            if end == capacity { grow() }
            // No more than a little of what comes after a long event: its memory is let go after it.
            let most = max(Self.firstCapacity, wanted - (end - start))
            let room = unsafe UnsafeMutableRawBufferPointer(start: memory + end, count: min(most, capacity - end))
            let count = try unsafe source.read(into: room)
            if count == 0 { return false }
            end += count
        }
        return true
    }

    private func grow() {
        capacity *= 2
        unsafe memory = BytesMemory.resize(memory, to: capacity)
    }

    private func shrink() {
        guard capacity > Self.usualCapacity, end - start <= Self.firstCapacity else { return }
        unsafe memory.copyMemory(from: memory + start, byteCount: end - start)
        (start, end, capacity) = (0, end - start, Self.firstCapacity)
        unsafe memory = BytesMemory.resize(memory, to: capacity)
    }
}
