import BackupBytes
import CBackupKernels

/// Turns batches into JSON lines. One per thread: it owns the memory that values are prepared in.
@safe package final class Emitter {
    /// Memory of lines.
    package let pool: SlabPool
    private let overlay = Overlay(writesLines: true)
    /// Stop at the first row that cannot be written, or continue and report them all.
    package let collectsFaults: Bool

    package init(pool: SlabPool, collectsFaults: Bool) {
        self.pool = pool
        self.collectsFaults = collectsFaults
    }

    package func emit(_ batch: RowBatch) -> EmittedRows {
        var result = EmittedRows(), row = 0, chunk = OpenChunk(slab: pool.take())
        let isUTF8 = batch.layout.texts == nil && batch.isUTF8
        overlay.counts = .init()
        while row < batch.rowCount {
            let past = overlay.prepare(batch, from: row, isUTF8: isUTF8)
            let hasStopped = unsafe emit(
                batch, row ..< past, overlay.kernel(batch, isUTF8: isUTF8, upTo: past), &chunk, into: &result)
            row = hasStopped ? batch.rowCount : past
        }
        end(&chunk, into: &result)
        result.plainJSON = overlay.counts.plainJSON
        result.jsonNulls = overlay.counts.jsonNulls
        result.bitNulls = overlay.counts.bitNulls
        result.replaced += overlay.counts.replaced + (batch.columnar?.replaced ?? 0)
        return result
    }

    /// Lines that are being written.
    private struct OpenChunk {
        var slab: Slab
        var rows = 0
    }

    /// Returns whether a row ended it.
    private func emit(
        _ batch: RowBatch, _ rows: Range<Int>, _ kernel: bk_batch, _ chunk: inout OpenChunk,
        into result: inout EmittedRows
    ) -> Bool {
        var kernel = unsafe kernel, plan = unsafe batch.layout.plan.kernel, row = rows.lowerBound
        while row < rows.upperBound {
            let room = unsafe chunk.slab.room
            let done = unsafe bk_emit(
                &kernel, &plan, row, room.baseAddress?.assumingMemoryBound(to: UInt8.self), room.count,
                overlay.scratch.base)
            chunk.rows += done.row - row - done.blank
            result.blank += done.blank
            result.replaced += done.replaced
            result.bytes += done.length
            chunk.slab.end += done.length
            row = done.row
            if done.status == BK_EMIT_FULL {
                let larger = chunk.slab.count > 0 ? 0 : max(done.needed, chunk.slab.capacity * 2)
                end(&chunk, into: &result)
                chunk = OpenChunk(slab: pool.take(atLeast: larger))
            } else if done.status == BK_EMIT_FAULT {
                result.faults.append(
                    batch.fault(
                        row, RowFault.Code(done.fault), column: done.fault_field, at: done.fault_at, under: overlay))
                if !collectsFaults { return true }
                row += 1
            }
        }
        return false
    }

    private func end(_ chunk: inout OpenChunk, into result: inout EmittedRows) {
        result.rows += chunk.rows
        if chunk.slab.count > 0 {
            result.chunks.append(.init(slab: chunk.slab, rows: chunk.rows))
        } else {
            pool.giveBack(chunk.slab)
        }
    }
}
