import CBackupKernels

/// The arrays that marks go into, reused from batch to batch.
final class Marks: @unchecked Sendable {
    /// Fields a batch holds at the most, unless one record alone has more: it bounds the output of a batch.
    static let usualFieldCapacity = 48 * 1024
    static let usualRowCapacity = 24 * 1024

    private(set) var kernel: bk_marks

    init() {
        kernel = bk_marks()
        kernel.field_capacity = Self.usualFieldCapacity
        kernel.row_capacity = Self.usualRowCapacity
        kernel.fields = .allocate(capacity: kernel.field_capacity)
        kernel.rows = .allocate(capacity: kernel.row_capacity)
    }

    deinit {
        kernel.fields.deallocate()
        kernel.rows.deallocate()
    }

    var fields: UnsafeMutableBufferPointer<bk_field> { .init(start: kernel.fields, count: kernel.field_count) }
    var rows: UnsafeMutableBufferPointer<bk_row> { .init(start: kernel.rows, count: kernel.row_count) }
    var isEmpty: Bool { kernel.row_count == 0 }

    func clear() {
        kernel.field_count = 0
        kernel.row_count = 0
    }

    var isFull: Bool { kernel.row_count == kernel.row_capacity }

    /// An empty record then has no field, instead of an empty one.
    func dropFieldsOfEmptyRecords() {
        var kept = 0
        for row in 0 ..< kernel.row_count {
            let range = fieldRange(ofRow: row)
            kernel.rows[row].first = UInt32(kept)
            if kernel.rows[row].start == kernel.rows[row].end { continue }
            for index in range {
                kernel.fields[kept] = kernel.fields[index]
                kept += 1
            }
        }
        kernel.field_count = kept
    }

    /// Puts each row's fields into the order of the table's columns; a row with another number of fields stays, and is a fault.
    func reorderFields(_ order: [Int]) {
        for row in 0 ..< kernel.row_count {
            let range = fieldRange(ofRow: row)
            guard range.count == order.count else { continue }
            let moved = order.map { kernel.fields[range.lowerBound + $0] }
            for (index, field) in zip(range, moved) { kernel.fields[index] = field }
        }
    }

    /// The first record is none of the table's (a header).
    func dropFirstRow() {
        for row in 1 ..< max(1, kernel.row_count) { kernel.rows[row - 1] = kernel.rows[row] }
        kernel.row_count -= 1
        if kernel.row_count == 0 { kernel.field_count = 0 }
    }

    /// Makes room for a record that has more fields than all usual ones. Only when empty.
    func grow() {
        kernel.fields.deallocate()
        kernel.field_capacity *= 4
        kernel.fields = .allocate(capacity: kernel.field_capacity)
    }

    /// The fields of one row.
    func fieldRange(ofRow row: Int) -> Range<Int> {
        let past = row + 1 < kernel.row_count ? Int(kernel.rows[row + 1].first) : kernel.field_count
        return Int(kernel.rows[row].first) ..< past
    }

    func mark(_ body: (UnsafeMutablePointer<bk_marks>) -> Void) { body(&kernel) }
}

extension Marks {
    /// A row without fields: INSERT … DEFAULT VALUES.
    func appendEmptyRow(at position: Int) {
        mark { marks in
            let row = bk_row(first: UInt32(marks.pointee.field_count), start: UInt32(position), end: UInt32(position))
            marks.pointee.rows[marks.pointee.row_count] = row
            marks.pointee.row_count += 1
        }
    }
}
