import BackupBytes
import CBackupKernels
import Synchronization

/// A slab whose rows are marked: of one batch, or shared by those of several tables. It goes back to its pool with the
/// last of them.
package final class RowSlab: Sendable {
    let slab: Slab
    /// Offset in the entry, uncompressed, of the slab's first byte.
    package let offset: Int
    private let isShared: Bool
    private let pool: SlabPool
    private let utf8 = Atomic(UTF8State.unknown.rawValue)

    private enum UTF8State: UInt8 { case unknown, valid, invalid }

    /// Takes the slab, which nobody may change any more; what is to be read has been, up to its start.
    package init(_ slab: Slab, offset: Int, isShared: Bool = false, pool: SlabPool) {
        (self.slab, self.offset, self.isShared, self.pool) = (slab, offset, isShared, pool)
    }

    deinit { pool.giveBack(slab) }

    package var base: UnsafePointer<UInt8> { unsafe UnsafePointer(slab.base.assumingMemoryBound(to: UInt8.self)) }

    /// Whether the text is UTF-8 from `first` to `past`; of a shared slab, whether all of it is, which is looked at
    /// once.
    func isUTF8(from first: Int, to past: Int) -> Bool {
        guard isShared else { return unsafe bk_utf8_valid_prefix(base + first, past - first) == past - first }
        if let known = UTF8State(rawValue: utf8.load(ordering: .relaxed)), known != .unknown { return known == .valid }
        let isValid = unsafe bk_utf8_valid_prefix(base, slab.start) == slab.start
        utf8.store((isValid ? UTF8State.valid : .invalid).rawValue, ordering: .relaxed)
        return isValid
    }
}
