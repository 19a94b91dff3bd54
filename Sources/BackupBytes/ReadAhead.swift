/// Reads a source on a thread of its own, a few slabs ahead of its reader: where inflating and parsing overlap.
package final class ReadAhead: LendingSource, @unchecked Sendable {
    private let source: any ByteSource
    private let pool: SlabPool
    private let full: HandOff<Slab>
    private let capacity: Int
    private var stage: Stage?
    private var current: Slab?

    package init(_ source: any ByteSource, slabs: Int = 4) {
        self.source = source
        pool = SlabPool(limit: slabs + 2)
        full = HandOff(capacity: slabs)
        capacity = slabs
    }

    deinit { full.cancel() }

    package var length: Int? { source.length }

    /// The reader is the slower of the two: half of what may be read ahead waits for it.
    package var isAhead: Bool { full.count * 2 >= capacity }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let slab = try nextSlab() else { return 0 }
        let count = min(buffer.count, slab.count)
        unsafe buffer.baseAddress?.copyMemory(from: slab.base + slab.start, byteCount: count)
        slab.start += count
        return count
    }

    package func next() throws -> UnsafeRawBufferPointer? {
        guard let slab = try nextSlab() else { return nil }
        let bytes = unsafe slab.bytes
        slab.start = slab.end
        return unsafe bytes
    }

    package func cancel() {
        full.cancel()
        source.cancel()
    }

    /// Ends the reading thread. A reader that stops before the end calls this.
    package func stop() {
        cancel()
        stage?.join()
    }

    /// A slab with unread bytes.
    private func nextSlab() throws -> Slab? {
        if stage == nil { start() }
        if let slab = current {
            if slab.count > 0 { return slab }
            current = nil
            pool.giveBack(slab)
        }
        current = try full.take()
        return current
    }

    private func start() {
        stage = Stage("sluice.read") { [source, pool, full] in
            do {
                while true {
                    let slab = pool.take()
                    while slab.end < slab.capacity {
                        let count = try unsafe source.read(into: slab.room)
                        if count == 0 { break }
                        slab.end += count
                        if slab.end >= slab.capacity / 2 { break }
                    }
                    if slab.count == 0 { break }
                    try full.put(slab)
                }
                full.finish()
            } catch {
                full.finish(throwing: error)
            }
        }
    }
}
