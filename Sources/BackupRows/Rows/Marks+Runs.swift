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

    /// Of the runs that have rows of the next statements, the first.
    package var firstRunToCome: Int {
        let count = unsafe runs.count
        return unsafe count > 0 && Int(runs[count - 1].row) == kernel.row_count ? count - 1 : count
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
}
