import CBackupKernels

extension Marks {
    /// The same marks in arrays of their size, without runs.
    package func copy() -> Marks {
        let copy = unsafe Marks(rows: max(1, rows.count), fields: max(1, fields.count))
        unsafe copy.mark { to in
            unsafe to.pointee.fields.update(from: kernel.fields, count: kernel.field_count)
            unsafe to.pointee.rows.update(from: kernel.rows, count: kernel.row_count)
            unsafe to.pointee.field_count = unsafe kernel.field_count
            unsafe to.pointee.row_count = unsafe kernel.row_count
        }
        return copy
    }
}
