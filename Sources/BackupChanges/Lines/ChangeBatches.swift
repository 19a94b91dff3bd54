import BackupBytes
import BackupRows
import CBackupKernels

/// Rows of many tables that are written into one slab: a batch for each table. Where lines of all tables go into one
/// stream, a batch ends where the table changes.
///
///     slab     "c" 1700000492000 null {"id":1} {"db":…}  "u" …          one row after the other, of any table
///     marks    shop.orders: row 0, row 2        shop.items: row 1
@safe final class ChangeBatches {
    let text: LineText
    private let setup: ReaderSetup
    private var open: [OpenBatch] = []
    private var numbers: [ObjectIdentifier: Int] = [:]
    private var last: Int?
    private var rowCount = 0
    /// Rows of each table in this log so far.
    private var rowsBefore: [TableName: Int] = [:]
    private let keepsOrder: Bool
    private var fields: [bk_field] = []
    private var rowStart = LineText.front

    /// Bytes of a slab that are enough for a batch.
    private static let usualBytes = Slab.usualCapacity - 16 * 1024

    private struct OpenBatch {
        var layout: RowLayout
        var fields: [bk_field] = []
        var ends: [UInt32] = []
    }

    init(_ setup: ReaderSetup) {
        self.setup = setup
        text = LineText(pool: setup.pool)
        keepsOrder = setup.lines.tagKey != nil
    }

    /// Rows of another log come next.
    func beginLog() { rowsBefore = [:] }

    var isEmpty: Bool { rowCount == 0 }
    var isFull: Bool { text.count > Self.usualBytes || rowCount >= 4096 }
    var isHalfFull: Bool { text.count > Self.usualBytes / 2 || rowCount >= 2048 }

    // MARK: A row

    func beginRow() {
        rowStart = text.end
        fields.removeAll(keepingCapacity: true)
    }

    /// A value is JSON from `start` on.
    @inline(__always)
    func mark(from start: Int) {
        fields.append(bk_field(start: UInt32(start) | BK_JSON.rawValue, end: UInt32(text.end)))
    }

    /// SQL's NULL.
    func markNull() { fields.append(bk_field(start: BK_NULL.rawValue, end: 0)) }

    /// The row has no such value.
    func markAbsent() { fields.append(bk_field(start: BK_ABSENT.rawValue, end: 0)) }

    func endRow(_ layout: RowLayout) {
        let index: Int
        if let last, open[last].layout === layout {
            index = last
        } else if !keepsOrder, let number = numbers[ObjectIdentifier(layout)] {
            index = number
        } else {
            index = open.count
            open.append(OpenBatch(layout: layout))
            numbers[ObjectIdentifier(layout)] = index
        }
        last = index
        open[index].fields += fields
        open[index].ends.append(UInt32(text.end - rowStart))
        rowCount += 1
    }

    /// What was written of a row is no more.
    func dropRow() { text.truncate(to: rowStart) }

    /// A row of a table is passed over after all that were written; its number in this log, from 1. Nothing is open.
    func rejectRow(of table: TableName) -> Int {
        rowsBefore[table, default: 0] += 1
        return rowsBefore[table, default: 0]
    }

    // MARK: Batches

    /// All rows so far, as batches. `replaced`: U+FFFD in them.
    func flush(origin: String, replaced: Int) -> [RowBatch] {
        guard rowCount > 0 else { return [] }
        let slab = RowSlab(text.takeSlab(), offset: 0, isShared: true, pool: setup.pool)
        var batches: [RowBatch] = []
        for batch in open {
            let width = batch.layout.columns.count, marks = Marks(rows: batch.ends.count, fields: batch.fields.count)
            unsafe marks.kernel.fields.update(from: batch.fields, count: batch.fields.count)
            for (row, end) in batch.ends.enumerated() {
                unsafe marks.kernel.rows[row] = bk_row(first: UInt32(row * width), start: 0, end: end)
            }
            marks.setCounts(fields: batch.fields.count, rows: batch.ends.count)
            let first = rowsBefore[batch.layout.table, default: 0]
            rowsBefore[batch.layout.table] = first + batch.ends.count
            batches.append(
                RowBatch(
                    layout: batch.layout, origin: origin, firstRowNumber: first + 1, slab: slab, marks: marks,
                    columnar: .init(isUTF8: true, replaced: batches.isEmpty ? replaced : 0), setup: setup))
        }
        (open, numbers, last, rowCount) = ([], [:], nil, 0)
        return batches
    }
}
