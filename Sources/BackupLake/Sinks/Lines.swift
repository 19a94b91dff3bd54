import BackupBytes

/// Whole JSON lines, each with its line feed. Their memory is used again when nobody holds them any more.
package final class Lines: Sendable {
    private let slab: Slab
    private let pool: SlabPool
    package let rows: Int

    package init(_ slab: Slab, from pool: SlabPool, rows: Int) {
        self.slab = slab
        self.pool = pool
        self.rows = rows
    }

    deinit { pool.giveBack(slab) }

    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(slab.bytes)
    }
}
