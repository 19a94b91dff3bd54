import BackupRows
import CBackupKernels

/// Rows of many statements, grouped by their tables:
///
///     runs      t 1   ·  u 1  ·  t 2      ·  u 1         rows with the same head
///     groups    t (1) (3) (4)    u (2) (5)               one a table and layout: a batch
extension KnownHeads {
    /// The groups of the rows, by what the kernels know of their heads; none where they are rows of COPY. The heads of
    /// the marks' runs are lost.
    func group(_ marks: Marks) -> [bk_group] {
        var groups = unsafe [bk_group]()
        unsafe marks.mark { marks in
            let count = unsafe bk_count_groups(kernel, marks)
            unsafe groups = unsafe [bk_group](repeating: bk_group(), count: count)
            unsafe groups.withUnsafeMutableBufferPointer { unsafe bk_group_runs(kernel, marks, $0.baseAddress) }
        }
        return unsafe groups
    }

    /// The layout of a group's rows.
    func layout(of group: bk_group) -> RowLayout? { unsafe self[group.head].layout }

    /// The rows of each group as marks of their own.
    func apart(_ marks: Marks, _ groups: [bk_group]) -> [(layout: RowLayout, marks: Marks)] {
        var groups = unsafe groups, parts: [(layout: RowLayout, marks: Marks)] = []
        unsafe parts.reserveCapacity(groups.count)
        for index in unsafe groups.indices {
            let group = unsafe groups[index], fields = unsafe Int(group.field_count), rows = unsafe Int(group.row_count)
            let own = Marks(rows: rows, fields: fields)
            own.setCounts(fields: fields, rows: rows)
            unsafe own.mark { unsafe $0.pointee.typed_count = unsafe marks.kernel.typed_count }
            unsafe (groups[index].rows, groups[index].fields) = unsafe (own.kernel.rows, own.kernel.fields)
            if let layout = unsafe layout(of: group) { parts.append((layout, own)) }
        }
        unsafe marks.mark { marks in
            unsafe groups.withUnsafeMutableBufferPointer { unsafe bk_copy_groups(marks, $0.baseAddress) }
        }
        return parts
    }
}
