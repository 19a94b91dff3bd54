/// A source whose first bytes can be looked at before they are read.
package final class PeekedSource: LendingSource {
    private let source: any ByteSource
    private let slab: Slab
    private var isAtEnd = false
    /// Bytes that were read, not those that were only looked at.
    package private(set) var consumed = 0

    /// The source below, where the same bytes can be read from any offset.
    package let file: (any SeekableByteSource)?

    /// `capacity`: how many bytes can be looked at.
    package init(_ source: any ByteSource, atMost capacity: Int = 64 * 1024) {
        self.source = source
        file = source.seekable
        slab = Slab(capacity: capacity)
    }

    /// What is left of `source`, with a look of its own.
    package init(rest source: PeekedSource, atMost capacity: Int = 64 * 1024) {
        self.source = source
        file = source.file
        slab = Slab(capacity: capacity)
    }

    /// Bytes that were read of what is below, or looked at.
    package var met: Int { consumed + slab.count }

    package var length: Int? { source.length }
    package var canceller: (any ReadCanceller)? { source.canceller }

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
            if let lender = source.lending {
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
