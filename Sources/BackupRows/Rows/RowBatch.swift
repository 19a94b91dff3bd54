import BackupBytes
import CBackupKernels

/// The narrow waist: whole rows of one table, marked but not yet turned into anything. Every input format yields row
/// batches, every output consumes them.
///
///     slab     1,"Ann",\N⏎2,"Bob",7⏎
///     fields   [0,1) [3,6) [8,10)  [11,12) [14,17) [19,20)
///     rows     first 0, record [0,10)    first 3, record [11,20)
///
/// A batch owns its memory; it is used by one thread at a time.
package final class RowBatch: @unchecked Sendable {
    package let layout: RowLayout
    /// Where the rows come from: an entry of the archive, or a file.
    package let origin: String
    /// Number of the first row in its entry, from 1.
    package let firstRowNumber: Int
    /// Offset in the entry, uncompressed, of the slab's first byte.
    package let slabOffset: Int
    package let slab: Slab
    package let marks: Marks
    /// Values that Swift has prepared; fields marked BK_ARENA point into it.
    package var arena: [UInt8] = []

    package init(layout: RowLayout, origin: String, firstRowNumber: Int, slabOffset: Int, slab: Slab, marks: Marks) {
        self.layout = layout
        self.origin = origin
        self.firstRowNumber = firstRowNumber
        self.slabOffset = slabOffset
        self.slab = slab
        self.marks = marks
    }

    /// The table and columns of the rows.
    package var table: TableName { layout.table }
    package var columns: [Column] { layout.columns }
    /// How many rows there are.
    package var rowCount: Int { unsafe marks.rows.count }

    package var inputBase: UnsafePointer<UInt8> { unsafe UnsafePointer(slab.base.assumingMemoryBound(to: UInt8.self)) }

    /// Calls `body` with the kernel's view of the batch.
    func withKernel<Result>(isUTF8: Bool, _ body: (UnsafePointer<bk_batch>) -> Result) -> Result {
        unsafe arena.withUnsafeBufferPointer { arena in
            var kernel = unsafe bk_batch(
                in: inputBase, arena: arena.baseAddress, fields: marks.kernel.fields, rows: marks.kernel.rows,
                field_count: marks.kernel.field_count, row_count: marks.kernel.row_count, is_utf8: isUTF8 ? 1 : 0)
            return unsafe body(&kernel)
        }
    }

    /// The row's record as it stands in the export.
    package func record(_ row: Int) -> UnsafeRawBufferPointer {
        let mark = unsafe marks.rows[row]
        return unsafe .init(start: slab.base + Int(mark.start), count: Int(mark.end - mark.start))
    }
}
