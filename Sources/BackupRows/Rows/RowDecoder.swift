import BackupBytes
import CBackupKernels

/// Turns batches into values. One per thread: it owns the memory that values are prepared in.
@safe package final class RowDecoder {
    private let overlay = Overlay(writesLines: false)

    package init() {}

    /// Rows of a batch, and what follows them.
    package struct Decoded {
        package var rows: DecodedRows
        /// The first row that has not been decoded; the batch's count at its end.
        package var next: Int
        /// Why the row `next` cannot be decoded.
        package var fault: RowFault?
    }

    /// Decodes rows from `first` on: to the end, to the first that cannot be read exactly, or as many as an arena
    /// holds.
    package func decode(_ batch: RowBatch, from first: Int = 0) -> Decoded {
        let isUTF8 = batch.layout.texts == nil && batch.isUTF8
        let past = overlay.prepare(batch, from: first, isUTF8: isUTF8), arena = overlay.takeArena(batch)
        var kernel = unsafe overlay.kernel(batch, isUTF8: isUTF8, upTo: past)
        var plan = unsafe batch.layout.plan.kernel
        let values = UnsafeMutablePointer<bk_field>.allocate(capacity: max(1, (past - first) * batch.columns.count))
        var row = first, written = 0, blankRows: [Int] = [], fault: RowFault?
        decoding: while row < past {
            unsafe kernel.arena = unsafe UnsafePointer(arena.base)
            let done = unsafe bk_decode(
                &kernel, &plan, row, values + written, arena.base, arena.count, arena.capacity, overlay.scratch.base)
            arena.commit(done.used - arena.count)
            written += done.values
            row = done.row
            switch done.status {
            case BK_DECODE_BLANK:
                blankRows.append(row)
                row += 1
            case BK_DECODE_FULL:
                if arena.grow(by: done.needed) { continue }
                if row == first + blankRows.count {
                    let offset = Int(done.fault_at)
                    fault = batch.fault(row, .tooLong, column: done.fault_field, at: offset, under: overlay)
                }
                break decoding
            case BK_DECODE_FAULT:
                let code = RowFault.Code(done.fault), offset = Int(done.fault_at)
                fault = batch.fault(row, code, column: done.fault_field, at: offset, under: overlay)
                break decoding
            default: break
            }
        }
        let rows = unsafe DecodedRows(batch, rows: first ..< row, blankRows: blankRows, values: values, arena: arena)
        return Decoded(rows: rows, next: row, fault: fault)
    }
}
