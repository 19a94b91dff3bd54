import BackupRows
import CBackupKernels

extension Marks {
    /// COPY … FORCE_NULL and FORCE_NOT_NULL: whether quotes decide about NULL, by column.
    func forceNulls(_ options: CopyOptions, _ layout: RowLayout, _ text: UnsafePointer<UInt8>) {
        let null = Array((options.dialect.nulls.first ?? "").utf8)
        let columns = layout.columns, toNull = columns.map { options.forcedNull.contains($0.name) },
            toText = columns.map { options.forcedNotNull.contains($0.name) }
        for row in unsafe rows.indices {
            for (column, index) in fieldRange(ofRow: row).enumerated() where column < columns.count {
                let field = unsafe fields[index], kind = field.start & ~UInt32(BK_OFFSET)
                let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
                guard toNull[column] && kind == BK_QUOTED.rawValue || toText[column] && kind == BK_BARE.rawValue else {
                    continue
                }
                guard unsafe UnsafeBufferPointer(start: text + start, count: end - start).elementsEqual(null)
                else { continue }
                let forced = kind == BK_QUOTED.rawValue ? BK_NULL : BK_QUOTED
                unsafe fields[index].start = UInt32(start) | forced.rawValue
            }
        }
    }
}
