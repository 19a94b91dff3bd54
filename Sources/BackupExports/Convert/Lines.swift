import BackupBytes
import Foundation

/// Whole JSON lines, or a compressed piece of them. Their memory is used again when nobody holds them any more.
final class Lines: Sendable {
    private enum Memory {
        case slab(Slab, SlabPool)
        case data(Data)
    }

    private let memory: Memory
    let rows: Int

    init(_ slab: Slab, from pool: SlabPool, rows: Int) {
        memory = .slab(slab, pool)
        self.rows = rows
    }

    init(_ data: Data, rows: Int) {
        memory = .data(data)
        self.rows = rows
    }

    deinit { if case .slab(let slab, let pool) = memory { pool.giveBack(slab) } }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        switch memory {
        case .slab(let slab, _): try body(slab.bytes)
        case .data(let data): try data.withUnsafeBytes(body)
        }
    }
}
