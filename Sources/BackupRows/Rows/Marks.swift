import CBackupKernels

/// The arrays that marks go into, reused from batch to batch.
///
/// Unchecked because of its memory. The rule: one reader fills it, which lets go of it when it becomes part of a
/// `RowBatch`; from then on it is only read, until the batch, which nobody has any more, gives it to the pool.
@safe package final class Marks: @unchecked Sendable {
    /// Fields a batch holds at the most, unless one record alone has more: it bounds the output of a batch.
    package static let usualFieldCapacity = 48 * 1024
    package static let usualRowCapacity = 24 * 1024

    package private(set) var kernel: bk_marks

    package convenience init() {
        self.init(rows: Self.usualRowCapacity, fields: Self.usualFieldCapacity)
        unsafe kernel.runs = unsafe .allocate(capacity: kernel.row_capacity + 1)
    }

    /// Room for so many, and none for runs.
    package init(rows: Int, fields: Int) {
        unsafe kernel = unsafe bk_marks()
        unsafe kernel.head = Self.noHead
        unsafe kernel.field_capacity = fields
        unsafe kernel.row_capacity = rows
        unsafe kernel.fields = .allocate(capacity: fields)
        unsafe kernel.rows = .allocate(capacity: rows)
    }

    deinit {
        unsafe kernel.fields.deallocate()
        unsafe kernel.rows.deallocate()
        unsafe kernel.runs?.deallocate()
    }

    package var fields: UnsafeMutableBufferPointer<bk_field> {
        unsafe .init(start: kernel.fields, count: kernel.field_count)
    }
    package var rows: UnsafeMutableBufferPointer<bk_row> { unsafe .init(start: kernel.rows, count: kernel.row_count) }
    package var isEmpty: Bool { unsafe kernel.row_count == 0 }

    package func clear() {
        unsafe kernel.field_count = 0
        unsafe kernel.row_count = 0
        unsafe kernel.typed_count = 0
        unsafe kernel.run_count = 0
        unsafe kernel.head = Self.noHead
        unsafe kernel.has_tuples = 0
    }

    package var isFull: Bool { unsafe kernel.row_count == kernel.row_capacity }

    /// An empty record then has no field, instead of an empty one.
    package func dropFieldsOfEmptyRecords() {
        var kept = 0
        for row in unsafe 0 ..< kernel.row_count {
            let range = fieldRange(ofRow: row)
            unsafe kernel.rows[row].first = UInt32(kept)
            if unsafe kernel.rows[row].start == kernel.rows[row].end { continue }
            for index in range {
                unsafe kernel.fields[kept] = unsafe kernel.fields[index]
                kept += 1
            }
        }
        unsafe kernel.field_count = kept
    }

    /// Puts each row's fields into the order of the table's columns; a row with another number of fields stays, and is
    /// a fault.
    package func reorderFields(_ order: [Int]) {
        for row in unsafe 0 ..< kernel.row_count {
            let range = fieldRange(ofRow: row)
            guard range.count == order.count else { continue }
            let moved = order.map { unsafe kernel.fields[range.lowerBound + $0] }
            for (index, field) in zip(range, moved) { unsafe kernel.fields[index] = field }
        }
    }

    /// The first record is none of the table's (a header).
    package func dropFirstRow() {
        for row in unsafe 1 ..< max(1, kernel.row_count) { unsafe kernel.rows[row - 1] = unsafe kernel.rows[row] }
        unsafe kernel.row_count -= 1
        if unsafe kernel.row_count == 0 { unsafe kernel.field_count = 0 }
    }

    /// Makes room for a record that has more fields than all usual ones. Only when empty.
    package func grow() {
        unsafe kernel.fields.deallocate()
        unsafe kernel.field_capacity *= 4
        unsafe kernel.fields = unsafe .allocate(capacity: kernel.field_capacity)
    }

    /// The fields of one row.
    package func fieldRange(ofRow row: Int) -> Range<Int> {
        let past = unsafe row + 1 < kernel.row_count ? Int(kernel.rows[row + 1].first) : kernel.field_count
        return unsafe Int(kernel.rows[row].first) ..< past
    }

    package func mark(_ body: (UnsafeMutablePointer<bk_marks>) -> Void) { unsafe body(&kernel) }
}
