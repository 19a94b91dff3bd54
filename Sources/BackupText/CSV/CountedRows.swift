import BackupRows
import CBackupKernels

/// Rows of delimited text that the reader has counted; the worker that has the batch marks them.
///
///     reader    read a slab ─▶ count its records, find where the last one ends ─▶ the next slab
///     workers                  └─▶ mark the records ─▶ lines
///
/// Only the bytes before a record show where it begins, so one thread has to look at all of them. Counting costs a
/// seventh to a half of marking, and is done where it is sure to come to what marking comes to (`bk_count_csv`):
/// batches, row numbers and resume points are the same, whichever thread marks.
final class CountedRows: RowMaker {
    let layout: RowLayout
    let setup: ReaderSetup
    let dialect: CSVDialect
    let slab: RowSlab
    /// Of the bytes of the slab that the reader has looked at.
    let range: Range<Int>
    let rowCount: Int
    let firstRowNumber: Int

    /// Marking has come to something else than counting: a defect, and no fault of the input.
    struct Miscounted: Error {
        let offset: Int
    }

    init(
        layout: RowLayout, setup: ReaderSetup, dialect: CSVDialect, slab: RowSlab, range: Range<Int>, rowCount: Int,
        firstRowNumber: Int
    ) {
        (self.layout, self.setup, self.dialect) = (layout, setup, dialect)
        (self.slab, self.range, self.rowCount, self.firstRowNumber) = (slab, range, rowCount, firstRowNumber)
    }

    /// - Throws: `Miscounted`.
    func make() throws -> RowBatch {
        let marks = setup.marks.take()
        unsafe marks.mark { kernel in
            var csv = unsafe dialect.kernel
            unsafe bk_mark_csv(slab.base, range.lowerBound, range.upperBound, 0, &csv, kernel)
        }
        guard unsafe marks.rows.count == rowCount && marks.kernel.status == BK_MARK_MORE else {
            throw Miscounted(offset: slab.offset + range.lowerBound)
        }
        marks.arrangeFields(layout)
        return RowBatch(
            layout: layout, origin: setup.origin, firstRowNumber: firstRowNumber, slab: slab, marks: marks,
            setup: setup)
    }
}
