import CBackupKernels

/// Of a binary format, whose rows are marked a column at a time.
extension Marks {
    /// Makes room for so many fields; there is room for the usual number of rows. Only when empty.
    package func makeRoom(fields: Int) {
        while unsafe kernel.field_capacity < fields { grow() }
    }

    /// So many have been written.
    package func setCounts(fields: Int, rows: Int) {
        unsafe mark { marks in
            unsafe marks.pointee.field_count = fields
            unsafe marks.pointee.row_count = rows
        }
    }
}
