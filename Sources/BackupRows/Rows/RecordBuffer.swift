import BackupBytes

/// A record longer than the limit, or not ended within it.
package struct RecordTooLong: Error {
    package let offset: Int
    package let limit: Int
}

/// A row or a list of columns with more of them than the limit.
package struct TooManyColumns: Error {
    package let limit: Int
    package init(limit: Int) { self.limit = limit }
}

/// Where the text of an entry can be resumed.
package struct TextResumePoint: Codable, Sendable {
    /// Bytes of the text before it.
    package var offset: Int
    /// Where the file is read on, and which byte of the text that is: what lies between is decoded and passed by.
    package var file: Int
    var textAtFile: Int
    /// nil: bytes are text as they lie.
    package var charset: String?
    /// Whose charset that is, where a statement of the file named it.
    package var family: SQLDialect.Family?
}

/// The text of one entry, a slab at a time, cut at record ends: the unread tail of one slab moves to the front of the
/// next.
package final class RecordBuffer {
    package private(set) var slab: Slab
    /// Offset in the text of the slab's first byte.
    package private(set) var slabOffset: Int
    package private(set) var isAtEnd = false
    /// The slab holds no more than the tail of the one that was given away.
    private var isJustBegun = false
    /// What comes next is no text in the charset it is decoded from.
    private var isUndecodable = false
    private let head: PeekedSource
    private var source: any ByteSource
    private var decoder: CharsetSource?
    /// From an offset in the text to the one in the file, where nothing is decoded.
    private var shift: Int
    /// Where the slabs that follow come from.
    private var pool: SlabPool
    private let limit: Int

    /// `charset`: what the whole file is decoded from; nil: it is text as it lies. `limit`: the longest record, in
    /// bytes. `point`: where an earlier one was, which knows the charset; `source` gives the file from there on.
    package init(
        _ source: PeekedSource, charset: Charset? = nil, pool: SlabPool, limit: Int, at point: TextResumePoint? = nil
    ) throws {
        let point =
            point
            ?? TextResumePoint(
                offset: 0, file: 0, textAtFile: 0, charset: charset?.isUTF8 == false ? charset?.name : nil,
                family: charset?.family)
        guard point.offset >= point.textAtFile, point.textAtFile >= 0, point.file >= 0 else { throw RecordDamaged() }
        if let name = point.charset {
            guard let charset = Charset(named: name, family: point.family) else { throw RecordDamaged() }
            let decoder = CharsetSource(source, charset: charset, file: point.file, text: point.textAtFile)
            guard try decoder.advance(from: point.textAtFile, to: point.offset) else { throw RecordDamaged() }
            self.decoder = decoder
            head = PeekedSource(decoder)
        } else {
            head = source
        }
        self.source = head
        shift = point.file - point.textAtFile
        slabOffset = point.offset
        self.pool = pool
        self.limit = limit
        slab = pool.take()
    }

    deinit { pool.giveBack(slab) }

    /// Everything in the slab; the unread part begins at `slab.start`.
    package var bytes: UnsafeRawBufferPointer { unsafe .init(start: slab.base, count: slab.end) }
    package var kernelBytes: UnsafePointer<UInt8> {
        unsafe UnsafePointer(slab.base.assumingMemoryBound(to: UInt8.self))
    }
    /// Offset in the text of the next unread byte.
    package var offset: Int { slabOffset + slab.start }

    /// Where another one would begin with the same slab; nil: not here.
    package var resumePoint: TextResumePoint? {
        guard slab.start == 0 && slab.capacity == pool.capacity else { return nil }
        guard let decoder else { return TextResumePoint(offset: offset, file: offset + shift, textAtFile: offset) }
        return decoder.resumePoint(upTo: offset).map {
            TextResumePoint(
                offset: offset, file: $0.file, textAtFile: $0.text, charset: decoder.charset.name,
                family: decoder.charset.family)
        }
    }

    /// The first bytes, as many as are there up to `wanted`, before anything is read.
    package func peek(_ wanted: Int) throws -> UnsafeRawBufferPointer { try unsafe head.peek(wanted) }

    package func advance(to position: Int) { slab.start = position }

    /// Reads more after the unread bytes: into free room, after moving them to the front, or into a larger slab.
    /// Nobody may hold positions in the slab.
    package func fill() throws {
        if slab.start > 0 {
            unsafe slab.base.copyMemory(from: slab.base + slab.start, byteCount: slab.count)
            slabOffset += slab.start
            slab.end -= slab.start
            slab.start = 0
        } else if slab.end == slab.capacity {
            guard slab.capacity < limit else { throw RecordTooLong(offset: slabOffset, limit: limit) }
            let larger = Slab(capacity: min(slab.capacity * 4, limit))
            unsafe larger.base.copyMemory(from: slab.base, byteCount: slab.end)
            larger.end = slab.end
            pool.giveBack(slab)
            slab = larger
        }
        try read(isMoreNeeded: true)
    }

    /// Fills the slab that was begun by `detach`. Before anything looks at its bytes: the thread that reads them is the
    /// one that marks them, and has them in its cache.
    package func ready() throws {
        if isJustBegun { try read(isMoreNeeded: false) }
    }

    private func read(isMoreNeeded: Bool) throws {
        isJustBegun = false
        decoder?.forget(before: slabOffset)
        while slab.end < slab.capacity && !isAtEnd {
            let count: Int
            do { count = try unsafe source.read(into: slab.room) } catch let error as UndecodableText {
                // What stands before it may say that another charset begins.
                if slab.count == 0 || (isUndecodable && isMoreNeeded) { throw error }
                isUndecodable = true
                return
            }
            slab.end += count
            isAtEnd = count == 0
        }
    }

    /// Gives the slab away, with everything before `slab.start` marked; the unread tail is moved to a new one, from
    /// `next` if that is given, which `ready` fills: what a slab holds, and so where batches end, depends on nothing
    /// but where it begins and how large it is.
    package func detach(next pool: SlabPool? = nil) -> (slab: Slab, offset: Int) {
        self.pool = pool ?? self.pool
        let full = slab
        let tail = full.count
        let next = self.pool.take(atLeast: tail)
        unsafe next.base.copyMemory(from: full.base + full.start, byteCount: tail)
        next.end = tail
        slab = next
        let offset = slabOffset
        slabOffset += full.start
        isJustBegun = true
        return (full, offset)
    }

    /// From here on the bytes are in this charset, whichever they were in before.
    package func decode(_ charset: Charset) throws {
        if decoder.map({ $0.charset == charset }) ?? charset.isUTF8 { return }
        let text = offset
        let (raw, file) =
            try unsafe decoder?.undecoded(from: text) ?? (ChainedSource([UInt8](slab.bytes), source), text + shift)
        decoder = charset.isUTF8 ? nil : CharsetSource(raw, charset: charset, file: file, text: text)
        source = decoder ?? raw
        (slabOffset, shift) = (text, file - text)
        slab.reset()
        (isAtEnd, isUndecodable) = (false, false)
    }
}
