import CBackupKernels

/// SQL: rows of statements whose heads are known, one run of rows after another.
extension Marks {
    /// Between two statements.
    package static var noHead: UInt32 { UInt32(BK_NO_HEAD) }

    package var runs: UnsafeMutableBufferPointer<bk_run> { unsafe .init(start: kernel.runs, count: kernel.run_count) }

    /// The number of the head of the statement that is being read, or `noHead`.
    package var head: UInt32 {
        get { unsafe kernel.head }
        set { unsafe mark { unsafe $0.pointee.head = newValue } }
    }

    /// The statement has shown a tuple: what follows without one is its tail.
    package var hasTuples: Bool {
        get { unsafe kernel.has_tuples != 0 }
        set { unsafe mark { unsafe $0.pointee.has_tuples = newValue ? 1 : 0 } }
    }

    /// The rows of a run.
    package func rows(ofRun run: Int) -> Range<Int> {
        let past = unsafe run + 1 < kernel.run_count ? Int(kernel.runs[run + 1].row) : kernel.row_count
        return unsafe Int(kernel.runs[run].row) ..< past
    }

    /// How many fields these rows have.
    package func fieldCount(ofRows rows: Range<Int>) -> Int {
        let past =
            unsafe rows.upperBound < kernel.row_count
            ? Int(kernel.rows[rows.upperBound].first) : kernel.field_count
        return unsafe past - Int(kernel.rows[rows.lowerBound].first)
    }

    /// A row without fields, in a run of its own or that of the rows before it: INSERT … DEFAULT VALUES.
    package func appendEmptyRow(at position: Int, head: UInt32) {
        unsafe mark { marks in
            let count = unsafe marks.pointee.run_count, row = unsafe UInt32(marks.pointee.row_count)
            if unsafe count == 0 || marks.pointee.runs[count - 1].head != head {
                unsafe marks.pointee.runs[count] = bk_run(row: row, head: head)
                unsafe marks.pointee.run_count += 1
            }
            unsafe marks.pointee.rows[Int(row)] = unsafe bk_row(
                first: UInt32(marks.pointee.field_count), start: UInt32(position), end: UInt32(position))
            unsafe marks.pointee.row_count += 1
        }
    }

    /// Copies of these runs' rows, as marks of their own.
    package func copy(runs numbers: some Sequence<Int32>, rowCount: Int, fieldCount: Int) -> Marks {
        let copy = Marks(rows: rowCount, fields: fieldCount)
        unsafe copy.mark { to in
            for number in numbers {
                let rows = rows(ofRun: Int(number))
                let first = unsafe Int(kernel.rows[rows.lowerBound].first), count = self.fieldCount(ofRows: rows)
                let shift = unsafe UInt32(truncatingIfNeeded: to.pointee.field_count - first)
                for row in rows {
                    var mark = unsafe kernel.rows[row]
                    mark.first &+= shift
                    unsafe to.pointee.rows[to.pointee.row_count] = mark
                    unsafe to.pointee.row_count += 1
                }
                unsafe (to.pointee.fields + to.pointee.field_count).update(
                    from: kernel.fields + first, count: count)
                unsafe to.pointee.field_count += count
            }
            unsafe to.pointee.typed_count = unsafe kernel.typed_count
        }
        return copy
    }
}
