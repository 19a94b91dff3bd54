import BackupBytes
import CLibarchive

/// What libarchive reads from: a source behind C callbacks, which cannot throw, so the first error is kept here.
final class ArchiveFeed {
    private let source: any ByteSource
    private let seekable: (any SeekableByteSource)?
    private let lender: (any LendingSource)?
    private let slab = Slab()
    private(set) var failure: (any Error)?
    /// Bytes given out so far, or the place that was sought.
    private(set) var offset = 0
    /// How many zero bytes the last ones given out were.
    private(set) var trailingZeros = 0
    /// The last bytes of a zip that cannot be read again: its end record must lie in them (22 bytes and a comment of at most 65,535).
    private var tail: [UInt8] = []
    private static let tailLength = 22 + 65_535

    private let keepsTail: Bool

    init(_ source: any ByteSource, format: ContentKind) {
        self.source = source
        lender = source as? any LendingSource
        let seekable = source as? any SeekableByteSource
        self.seekable = seekable?.length == nil ? nil : seekable
        keepsTail = format == .zip && self.seekable == nil
    }

    var isSeekable: Bool { seekable != nil }

    func cancel() { source.cancel() }

    func read(_ bytes: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        do {
            let piece = try next()
            bytes.pointee = piece.baseAddress
            return piece.count
        } catch {
            failure = error
            return -1
        }
    }

    func skip(_ count: Int64) -> Int64 {
        guard let seekable, let length = seekable.length, offset + Int(count) < length else { return 0 }
        return seek(Int64(offset) + count, SEEK_SET) < 0 ? 0 : count
    }

    func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
        guard let seekable, let length = seekable.length else { return Int64(ARCHIVE_FATAL) }
        let base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self.offset : length
        do {
            try seekable.seek(to: base + Int(offset))
            self.offset = base + Int(offset)
            trailingZeros = 0
            return Int64(self.offset)
        } catch {
            failure = error
            return Int64(ARCHIVE_FATAL)
        }
    }

    /// Reads what is left, so that the layers below verify their own ends.
    func drain() throws {
        if let failure { throw failure }
        while try !next().isEmpty {}
    }

    /// The next bytes, valid until the next call; none at the end.
    private func next() throws -> UnsafeRawBufferPointer {
        let bytes: UnsafeRawBufferPointer
        if let lender {
            bytes = try lender.next() ?? UnsafeRawBufferPointer(start: slab.base, count: 0)
        } else {
            slab.reset()
            slab.end = try source.read(into: slab.room)
            bytes = slab.bytes
        }
        note(bytes)
        return bytes
    }

    private func note(_ bytes: UnsafeRawBufferPointer) {
        offset += bytes.count
        let zeros = bytes.reversed().prefix { $0 == 0 }.count
        trailingZeros = zeros == bytes.count ? trailingZeros + zeros : zeros
        if keepsTail {
            tail.append(contentsOf: bytes.suffix(Self.tailLength))
            tail.removeFirst(max(0, tail.count - Self.tailLength))
        }
    }

    // MARK: Zip

    private static let endRecord: [UInt8] = [0x50, 0x4B, 0x05, 0x06]

    var hasZipDirectory: Bool { tail.indices.reversed().contains { tail[$0...].starts(with: Self.endRecord) } }

    /// A zip without its directory was cut: said before an entry is read, and not after.
    func requireZipDirectory() throws {
        guard let seekable, let length = seekable.length else { return }
        var last = [UInt8](repeating: 0, count: min(length, Self.tailLength))
        let from = length - last.count
        try last.withUnsafeMutableBytes { buffer in
            var filled = 0
            while filled < buffer.count {
                let count = try seekable.read(at: from + filled, into: .init(rebasing: buffer[filled...]))
                if count == 0 { break }
                filled += count
            }
        }
        guard let record = last.indices.reversed().first(where: { last[$0...].starts(with: Self.endRecord) && last.count >= $0 + 22 }) else {
            throw ArchiveFault.truncated(format: "zip", offset: length)
        }
        // APPNOTE 4.3.16: the directory's size and place; it ends where this record begins, unless something was put in front.
        let size = Self.number(last, at: record + 12), place = Self.number(last, at: record + 16)
        let isZip64 = size == 0xFFFF_FFFF || place == 0xFFFF_FFFF || last[..<record].suffix(20).starts(with: [0x50, 0x4B, 0x06, 0x07])
        if !isZip64 && place + size != from + record {
            throw ArchiveFault.damaged(
                format: "zip", why: "its directory is not where it says (half a download with another appended?)", offset: from + record)
        }
    }

    private static func number(_ bytes: [UInt8], at index: Int) -> Int {
        bytes[index ..< index + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
