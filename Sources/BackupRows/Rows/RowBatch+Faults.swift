import CBackupKernels

extension RowBatch {
    /// The fault that a kernel found in a row. `position`: where, in the slab.
    func fault(_ row: Int, _ code: RowFault.Code, column: Int, at position: Int, under overlay: Overlay) -> RowFault {
        var code = code, at = position, detail = ""
        let range = fieldRange(ofRow: row)
        if code == .fieldCount {
            let expected = columns.count
            detail =
                "\(range.count) field\(range.count == 1 ? "" : "s") where \(expected) belong\(expected == 1 ? "s" : "")"
        } else if let prepared = overlay.faults[row], prepared.column == column {
            (code, at) = (prepared.code, prepared.offset)
        } else {
            let field = overlay.field(self, at: range.lowerBound + column)
            detail = excerpt(field)
            if code == .badUTF8 { at += validPrefix(field) }
        }
        return RowFault(
            code: code, row: firstRowNumber + row, offset: columnar == nil ? slabOffset + at : slabOffset,
            column: code == .fieldCount ? nil : columns[column].name, detail: detail, record: record(row))
    }

    /// How many bytes of a field, as it stands in the export, come before the first that is not UTF-8.
    private func validPrefix(_ field: bk_field) -> Int {
        guard field.end & BK_ARENA.rawValue == 0 else { return 0 }
        let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
        return unsafe bk_utf8_valid_prefix(inputBase + start, end - start)
    }

    /// The first bytes of a field, for messages.
    private func excerpt(_ field: bk_field) -> String {
        guard field.end & BK_ARENA.rawValue == 0 else { return "" }
        let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
        let text = unsafe String(
            decoding: UnsafeRawBufferPointer(start: inputBase + start, count: min(40, end - start)), as: UTF8.self)
        let line = text.map { $0.isNewline ? "⏎" : String($0) }.joined()
        return end - start > 40 ? "“\(line)…”" : "“\(line)”"
    }
}
