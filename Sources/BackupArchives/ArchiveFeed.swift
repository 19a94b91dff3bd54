import BackupBytes
import CLibarchive

/// What libarchive reads from: a source under C callbacks, which cannot throw, so the first error is kept here.
@safe final class ArchiveFeed {
    private let source: any ByteSource
    private let seekable: (any SeekableByteSource)?
    private let lender: (any LendingSource)?
    private let slab = Slab()
    private(set) var failure: (any Error)?
    /// Where the source stood at the beginning.
    private let start: Int
    /// Where it stands: after the bytes given out, or at the offset that was sought.
    private(set) var offset: Int
    /// How many zero bytes the last ones given out were.
    private(set) var trailingZeros = 0
    /// The last bytes of a zip that comes through a pipe: its end record lies there.
    private var tail: [UInt8] = []
    /// The last bytes before the piece given out last, and how many that has: the headers of its entries lie there.
    private var earlier: [UInt8] = []
    private var piece = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    private let keepsTail: Bool

    /// `source` stands `start` bytes after its beginning.
    init(_ source: any ByteSource, format: ContentKind, from start: Int = 0) {
        (self.start, offset) = (start, start)
        self.source = source
        lender = source.lending
        seekable = source.seekable
        keepsTail = format == .zip && seekable == nil
    }

    var isSeekable: Bool { seekable != nil }

    var canceller: (any ReadCanceller)? { source.canceller }

    func read(_ bytes: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        do {
            let piece = try unsafe next()
            unsafe bytes.pointee = piece.baseAddress
            return piece.count
        } catch {
            failure = error
            return -1
        }
    }

    func skip(_ count: Int64) -> Int64 {
        guard let length = seekable?.length, count > 0, count < length - offset else { return 0 }
        return move(to: offset + Int(count)) ? count : 0
    }

    /// Where libarchive wants to be; it counts from where it has begun.
    func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
        guard let length = seekable?.length else { return Int64(ARCHIVE_FATAL) }
        let base = whence == SEEK_SET ? start : whence == SEEK_CUR ? self.offset : length
        let (target, isTooFar) = base.addingReportingOverflow(Int(offset))
        // an archive that lies; its reader has the words for it
        guard !isTooFar, target >= 0, move(to: target) else { return Int64(ARCHIVE_FATAL) }
        return Int64(target - start)
    }

    private func move(to target: Int) -> Bool {
        do {
            try seekable?.seek(to: target)
            offset = target
            trailingZeros = 0
            return true
        } catch {
            failure = error
            return false
        }
    }

    /// Reads what is left, so that the layers below verify their own ends.
    func drain() throws {
        if let failure { throw failure }
        while try unsafe !next().isEmpty {}
    }

    /// The next bytes, valid until the next call; none at the end.
    private func next() throws -> UnsafeRawBufferPointer {
        let bytes: UnsafeRawBufferPointer
        if let lender {
            unsafe bytes = try unsafe lender.next() ?? UnsafeRawBufferPointer(start: slab.base, count: 0)
        } else {
            slab.reset()
            slab.end = try unsafe source.read(into: slab.room)
            unsafe bytes = unsafe slab.bytes
        }
        unsafe note(bytes)
        return unsafe bytes
    }

    private func note(_ bytes: UnsafeRawBufferPointer) {
        offset += bytes.count
        var zeros = 0
        while zeros + 8 <= bytes.count,
            unsafe bytes.loadUnaligned(fromByteOffset: bytes.count - zeros - 8, as: UInt64.self) == 0
        { zeros += 8 }
        while zeros < bytes.count, unsafe bytes[bytes.count - zeros - 1] == 0 { zeros += 1 }
        trailingZeros = zeros == bytes.count ? trailingZeros + zeros : zeros
        if keepsTail {
            earlier = tail
            unsafe piece = bytes
            unsafe tail.append(contentsOf: bytes.suffix(ZipDirectory.tailLength))
            tail.removeFirst(max(0, tail.count - ZipDirectory.tailLength))
        }
    }

    // MARK: 7z

    /// Before libarchive begins: it would take what it is asked for.
    /// - Returns: the names in it.
    func checkSevenZip(windowLimit: Int) throws -> [String] {
        guard let seekable else { throw ArchiveFault.needsFile(format: "7z") }
        return try SevenZipHeader(seekable, windowLimit: windowLimit).names
    }

    // MARK: Zip

    /// The name in the local header that ends at this offset.
    func zipName(before end: Int) throws -> [UInt8]? {
        for length in [1024, ZipDirectory.longestLocalHeader] {
            let bytes: [UInt8]
            if let seekable {
                let from = max(0, end - length)
                bytes = try seekable.bytes(from: from, count: max(0, end - from))
            } else {
                let given = unsafe piece.dropLast(max(0, offset - end)).suffix(length)
                bytes = unsafe earlier.suffix(length - given.count) + given
            }
            if let name = ZipDirectory.name(inHeaderAtEndOf: bytes) { return name }
        }
        return nil
    }

    /// What a zip that came through a pipe said at its end.
    var zipDirectory: ZipDirectory? { ZipDirectory(tail: tail, at: offset - tail.count) }

    /// A zip without its directory was cut, one with another directory is two halves: said before an entry is read, and
    /// not after.
    func readZipDirectory(entryLimit: Int) throws -> ZipDirectory? {
        guard let seekable, let length = seekable.length else { return nil }
        let from = max(0, length - ZipDirectory.tailLength)
        guard let directory = ZipDirectory(tail: try seekable.bytes(from: from, count: length - from), at: from) else {
            throw ArchiveFault.truncated(format: "zip", offset: length)
        }
        // It ends where the end record begins, unless something was put in front.
        let end = from + directory.record
        let isOutside = directory.size > length || directory.start > length - directory.size
        if isOutside || (!directory.isZip64 && directory.start + directory.size != end) {
            throw ArchiveFault.damaged(
                format: "zip", why: "its directory is not where it says (half a download with another appended?)",
                offset: end)
        }
        let listed = try directory.count(in: seekable, limit: entryLimit)
        if listed > entryLimit { throw ArchiveFault.overLimit(.entries, entryLimit) }
        if listed != directory.entries && directory.countsEntries {
            throw ArchiveFault.damaged(
                format: "zip", why: "its directory lists \(listed) entries and says \(directory.entries)",
                offset: directory.start)
        }
        return directory
    }
}

extension SeekableByteSource {
    /// So many bytes from an offset on; zeros where it ends before.
    func bytes(from start: Int, count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try unsafe bytes.withUnsafeMutableBytes { buffer in
            var filled = 0
            while filled < buffer.count {
                let count = try unsafe read(at: start + filled, into: .init(rebasing: buffer[filled...]))
                if count == 0 { break }
                filled += count
            }
        }
        return bytes
    }
}
