/// A source whose first bytes can be looked at before they are read.
package final class PeekedSource: LendingSource {
    private let source: any ByteSource
    private let slab: Slab
    private var isAtEnd = false
    /// Bytes that were read, not those that were only looked at.
    package private(set) var consumed = 0

    package init(_ source: any ByteSource, atMost capacity: Int = 64 * 1024) {
        self.source = source
        slab = Slab(capacity: capacity)
    }

    package var length: Int? { source.length }
    package var canceller: (any ReadCanceller)? { source.canceller }

    /// The same bytes from the front on, where they can be read from any place and their length is known; nil where
    /// they only stream.
    package var seekable: (any SeekableByteSource)? {
        if let peeked = source as? PeekedSource { return peeked.seekable }
        return source.length == nil ? nil : source as? any SeekableByteSource
    }

    /// The first bytes, as many as are there up to `wanted`, without taking them.
    package func peek(_ wanted: Int) throws -> UnsafeRawBufferPointer {
        while slab.count < wanted && !isAtEnd && slab.end < slab.capacity {
            let count = try unsafe source.read(into: slab.room)
            slab.end += count
            isAtEnd = count == 0
        }
        return unsafe .init(start: slab.base + slab.start, count: min(wanted, slab.count))
    }

    package func next() throws -> UnsafeRawBufferPointer? {
        if slab.count == 0 && !isAtEnd {
            if let lender = source as? any LendingSource {
                let lent = try unsafe lender.next()
                consumed += unsafe lent?.count ?? 0
                return unsafe lent
            }
            slab.reset()
            slab.end = try unsafe source.read(into: slab.room)
            isAtEnd = slab.count == 0
        }
        consumed += slab.count
        defer { slab.start = slab.end }
        return unsafe slab.count == 0 ? nil : slab.bytes
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count: Int
        if slab.count > 0 {
            count = min(buffer.count, slab.count)
            unsafe buffer.baseAddress?.copyMemory(from: slab.base + slab.start, byteCount: count)
            slab.start += count
        } else {
            count = unsafe isAtEnd ? 0 : try source.read(into: buffer)
        }
        consumed += count
        return count
    }
}
