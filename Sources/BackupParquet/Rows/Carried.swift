import CBackupKernels

/// Values of a column that were written into a batch which ended before their rows: the next batch begins with them.
@safe struct Carried {
    private var bytes: [UInt8] = []
    private var fields: [bk_field] = []
    private var used = 0

    var count: Int { fields.count - used }

    /// Puts the values of some rows of a batch before those that are there.
    mutating func keep(_ rows: Range<Int>, of batch: BatchRows, _ column: Int) {
        if rows.isEmpty { return }
        var kept = Carried()
        for row in rows { unsafe kept.append(batch.field(column, row), batch.text.base) }
        for index in used ..< fields.count {
            unsafe bytes.withUnsafeBufferPointer { bytes in
                if let base = bytes.baseAddress { unsafe kept.append(fields[index], base) }
            }
        }
        self = kept
    }

    private mutating func append(_ field: bk_field, _ base: UnsafePointer<UInt8>) {
        guard field.end != 0 else { return fields.append(field) }
        let offset = UInt32(BK_OFFSET), start = Int(field.start & offset), end = Int(field.end & offset)
        let at = UInt32(bytes.count)
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: base + start, count: end - start))
        fields.append(bk_field(start: at | field.start & ~offset, end: UInt32(bytes.count) | field.end & ~offset))
    }

    /// Writes values into rows from `row` on, as many as there are and fit; returns the row after them.
    mutating func write(_ column: Int, weighs: Bool, from row: Int, into batch: BatchRows) throws(ParquetError) -> Int {
        var row = row
        while row < batch.rowCount && used < fields.count {
            let field = fields[used], offset = UInt32(BK_OFFSET)
            used += 1
            if field.end == 0 {
                batch.put(field, column, row)
            } else {
                let from = Int(field.start & offset), count = Int(field.end & offset) - from, start = batch.text.end
                try batch.text.append(Array(bytes[from ..< from + count]))
                batch.put(
                    bk_field(
                        start: UInt32(start) | field.start & ~offset,
                        end: UInt32(batch.text.end) | field.end & ~offset), column, row)
                try batch.text.append(0x0A)
                if weighs, !batch.weigh(count, row) {
                    row += 1
                    break
                }
            }
            row += 1
        }
        if used == fields.count { self = Carried() }
        return row
    }
}
