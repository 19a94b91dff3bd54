import BackupBytes
import CBackupKernels

/// What a batch has become: JSON lines, and the rows that could not be written.
package struct EmittedRows: Sendable {
    package var chunks: [Chunk] = []
    /// Whole lines, and how many.
    package struct Chunk: Sendable {
        package var slab: Slab
        package var rows: Int
    }

    package var rows = 0
    package var bytes = 0
    package var faults: [RowFault] = []
    /// Blank lines that were skipped.
    package var blank = 0
    /// U+FFFD written for bytes that are not text.
    package var replaced = 0
    /// Values of JSON columns that are not JSON (or have a key twice), written as strings.
    package var plainJSON = 0
    /// Values of JSON columns that are JSON's own `null`, by the column's index.
    package var jsonNulls: [Int: Int] = [:]
}

/// Turns batches into JSON lines. One per thread: it owns the scratch memory.
@safe package final class Emitter {
    private let pool: SlabPool
    private var scratch: UnsafeMutableRawBufferPointer
    /// Stop at the first row that cannot be written, or go on and report them all.
    private let collectsFaults: Bool

    package init(pool: SlabPool, collectsFaults: Bool) {
        self.pool = pool
        self.collectsFaults = collectsFaults
        unsafe scratch = .allocate(byteCount: Slab.usualCapacity + 1024, alignment: 64)
    }

    deinit { unsafe scratch.deallocate() }

    package func emit(_ batch: RowBatch) -> EmittedRows {
        var result = EmittedRows()
        reserveScratch(batch.slab.capacity)
        var preparation = unsafe ColumnPreparation(batch, scratch: scratch.baseAddress!)
        preparation.run()
        result.plainJSON = preparation.plainJSON
        result.jsonNulls = preparation.jsonNulls
        result.replaced = preparation.replaced
        let bytes = unsafe batch.slab.base.assumingMemoryBound(to: UInt8.self)
        let first = unsafe Int(batch.marks.rows.first?.start ?? 0), last = unsafe Int(batch.marks.rows.last?.end ?? 0)
        let isUTF8 = unsafe bk_utf8_valid_prefix(bytes + first, last - first) == last - first
        unsafe batch.withKernel(isUTF8: isUTF8) { kernel in
            unsafe emit(batch, kernel, faultsOf: preparation.faults, into: &result)
        }
        return result
    }

    private func emit(
        _ batch: RowBatch, _ kernel: UnsafePointer<bk_batch>, faultsOf prepared: [Int: PreparedFault],
        into result: inout EmittedRows
    ) {
        var plan = unsafe batch.layout.plan
        var row = 0, chunk = pool.take(), rowsBefore = 0
        func endChunk() {
            if chunk.count > 0 {
                result.chunks.append(.init(slab: chunk, rows: result.rows - rowsBefore))
            } else {
                pool.giveBack(chunk)
            }
            rowsBefore = result.rows
        }
        while row < batch.rowCount {
            let room = unsafe chunk.room
            let done = unsafe bk_emit(
                kernel, &plan, row, room.baseAddress?.assumingMemoryBound(to: UInt8.self), room.count,
                scratch.baseAddress?.assumingMemoryBound(to: UInt8.self))
            result.rows += done.row - row - done.blank
            result.blank += done.blank
            result.replaced += done.replaced
            result.bytes += done.length
            chunk.end += done.length
            row = done.row
            if done.status == BK_EMIT_FULL {
                let larger = chunk.count > 0 ? 0 : max(done.needed, chunk.capacity * 2)
                endChunk()
                chunk = pool.take(atLeast: larger)
            } else if done.status == BK_EMIT_FAULT {
                result.faults.append(fault(done, batch, prepared[row]))
                if !collectsFaults { break }
                row += 1
            }
        }
        endChunk()
    }

    private func fault(_ done: bk_emitted, _ batch: RowBatch, _ prepared: PreparedFault?) -> RowFault {
        let row = done.row
        let columns = batch.layout.columns
        let count = batch.marks.fieldRange(ofRow: row).count
        let column = done.fault_field
        var code = RowFault.Code(done.fault), detail = "", at = done.fault_at
        if let prepared, prepared.column == column { (code, at) = (.badUTF8, prepared.offset) }
        if code == .fieldCount {
            detail =
                "\(count) field\(count == 1 ? "" : "s") where \(columns.count) belong\(columns.count == 1 ? "s" : "")"
        } else {
            let field = unsafe batch.marks.fields[batch.marks.fieldRange(ofRow: row).lowerBound + column]
            detail = batch.excerpt(field)
            if prepared == nil && done.fault == BK_FAULT_UTF8 { at += batch.validPrefix(field) }
        }
        return unsafe RowFault(
            code: code, row: batch.firstRowNumber + row, offset: batch.slabOffset + at,
            column: code == .fieldCount ? nil : columns[column].name, detail: detail, record: Array(batch.record(row)))
    }

    private func reserveScratch(_ count: Int) {
        guard unsafe scratch.count < count + 1024 else { return }
        unsafe scratch.deallocate()
        unsafe scratch = .allocate(byteCount: count + 1024, alignment: 64)
    }
}

extension RowBatch {
    /// How many bytes of a field, as it stands in the export, come before the first that is not UTF-8.
    func validPrefix(_ field: bk_field) -> Int {
        guard field.end & BK_ARENA.rawValue == 0 else { return 0 }
        let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
        return unsafe bk_utf8_valid_prefix(inputBase + start, end - start)
    }

    /// The first bytes of a field, for messages.
    package func excerpt(_ field: bk_field) -> String {
        guard field.end & BK_ARENA.rawValue == 0 else { return "" }
        let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
        let text = unsafe String(
            decoding: UnsafeRawBufferPointer(start: slab.base + start, count: min(40, end - start)), as: UTF8.self)
        let line = text.map { $0.isNewline ? "⏎" : String($0) }.joined()
        return end - start > 40 ? "“\(line)…”" : "“\(line)”"
    }
}
