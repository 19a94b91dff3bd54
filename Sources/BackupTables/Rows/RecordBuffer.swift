import BackupBytes

/// A record longer than the limit, or not ended within it.
package struct RecordTooLong: Error { package let offset: Int; package let limit: Int }

/// A row or a list of columns with more of them than the limit.
package struct TooManyColumns: Error {
    package let limit: Int
    package init(limit: Int) { self.limit = limit }
}

/// The bytes of one entry, a slab at a time, cut at record ends: the unread tail of one slab moves to the front of the next.
final class RecordBuffer {
    private(set) var slab: Slab
    /// Offset in the entry of the slab's first byte.
    private(set) var slabOffset: Int
    /// Offsets are of bytes as they lie, not decoded from another charset.
    private(set) var isRaw = true
    private(set) var isAtEnd = false
    /// The slab holds no more than the tail of the one that was given away.
    private var isJustBegun = false
    /// What comes next is no text in the charset it is decoded from.
    private var isUndecodable = false
    private var source: any ByteSource
    private let pool: SlabPool
    private let limit: Int

    /// `limit`: the longest record, in bytes. `offset`: bytes of the entry before what `source` gives.
    init(_ source: any ByteSource, pool: SlabPool, limit: Int, offset: Int = 0) {
        self.source = source
        slabOffset = offset
        self.pool = pool
        self.limit = limit
        slab = pool.take()
    }

    deinit { pool.giveBack(slab) }

    /// Everything in the slab; the unread part begins at `slab.start`.
    var bytes: UnsafeRawBufferPointer { unsafe .init(start: slab.base, count: slab.end) }
    var kernelBytes: UnsafePointer<UInt8> { unsafe UnsafePointer(slab.base.assumingMemoryBound(to: UInt8.self)) }
    /// Offset in the entry of the next unread byte.
    var offset: Int { slabOffset + slab.start }

    /// Another reader would begin with the same slab here.
    var canBeGoneOnWith: Bool { isRaw && slab.start == 0 && slab.capacity == pool.capacity }

    func advance(to position: Int) { slab.start = position }

    /// Reads more behind the unread bytes: into free room, after moving them to the front, or into a larger slab.
    /// Nobody may hold positions in the slab.
    func fill() throws {
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

    /// Fills the slab that was begun by `detach`. Before anything looks at its bytes: the thread that reads them is the one that marks
    /// them, and has them in its cache.
    func ready() throws {
        if isJustBegun { try read(isMoreNeeded: false) }
    }

    private func read(isMoreNeeded: Bool) throws {
        isJustBegun = false
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

    /// Gives the slab away, with everything before `slab.start` marked; the unread tail goes on in a new one, which `ready` fills: what
    /// a slab holds, and so where batches end, depends on nothing but where it begins.
    func detach() -> (slab: Slab, offset: Int) {
        let full = slab
        let tail = full.count
        let next = pool.take(atLeast: tail)
        unsafe next.base.copyMemory(from: full.base + full.start, byteCount: tail)
        next.end = tail
        slab = next
        let offset = slabOffset
        slabOffset += full.start
        isJustBegun = true
        return (full, offset)
    }

    /// From here on the bytes are in this charset, whichever they were in before.
    func decode(_ charset: Charset) throws {
        let decoder = source as? CharsetSource
        if decoder.map({ $0.charset == charset }) ?? charset.isUTF8 { return }
        (isRaw, isUndecodable) = (false, false)
        let rest = unsafe [UInt8](slab.bytes)
        source = try decoder?.undecoded(rest) ?? ChainedSource(rest, source)
        if !charset.isUTF8 { source = CharsetSource(source, charset: charset) }
        slabOffset += slab.start
        slab.reset()
        isAtEnd = false
    }
}
