import CBackupKernels

/// Writes a column whose values lie in no list and no group: a value a row.
struct FlatWriter: Sendable {
    /// The number of its leaf.
    let leaf: Int
    let form: TextForm
    let full: UInt8
    /// The two texts of booleans.
    let booleans: DictionaryTexts?

    init(_ number: Int, _ leaf: Leaf, _ form: TextForm) {
        (self.leaf, self.form, full) = (number, form, UInt8(leaf.maxDefinition))
        booleans = form == .boolean ? Self.booleans() : nil
    }

    private static func booleans() -> DictionaryTexts? {
        let run = ValueRun(numbers: 2, of: nil)
        unsafe (run.numbers[0], run.numbers[1]) = (0, 1)
        return try? DictionaryTexts(run, form: .boolean, json: nil, keyLength: 0)
    }

    /// Whether its values may hold text that is to be checked.
    var isText: Bool { form == .text || form == .json }

    /// Writes the values of all rows of the batch.
    func write(_ piece: SlicePiece, _ column: Int, into batch: BatchRows) throws(ParquetError) {
        let slice = piece.slice
        var row = 0, run = piece.position.run, value = piece.position.value
        let levels = unsafe slice.definitions.map { unsafe $0.base + piece.position.level }
        while row < batch.rowCount {
            var count = batch.rowCount - row
            if let levels = unsafe levels {
                let first = unsafe levels[row], most = count
                count = 1
                while unsafe count < most && levels[row + count] == first { count += 1 }
                if first != full {
                    batch.putNulls(row ..< row + count, column)
                    row += count
                    continue
                }
            }
            while count > 0 {
                guard run < slice.runs.count else { throw ParquetError.damaged("its values end too early") }
                let some = min(count, slice.runs[run].count - value)
                try put(slice.runs[run], value, some, column, row, batch)
                row += some
                count -= some
                value += some
                if value == slice.runs[run].count { (run, value) = (run + 1, 0) }
            }
        }
    }

    private func put(
        _ run: ValueRun, _ first: Int, _ count: Int, _ column: Int, _ row: Int, _ batch: BatchRows
    ) throws(ParquetError) {
        switch run.kind {
        case .numbers: try unsafe putNumbers(run.numbers + first, count, column, row, batch)
        case .indexes(let texts): try unsafe batch.putTexts(run.indexes + first, count, of: texts, column, row)
        case .spans(let block):
            let spans = unsafe run.spans + first
            if form.isAsStored {
                var size = 0
                for index in 0 ..< count { size += unsafe Int(spans[index].count) }
                return try unsafe batch.putBytes(spans, count, of: block.base, size: size, column, row)
            }
            let kind = form == .interval ? BK_JSON : BK_QUOTED, text = batch.text
            for index in 0 ..< count {
                let start = text.end
                try unsafe ValueText.append(spans[index].bytes(block.base), form, text)
                batch.put(text.field(from: start, kind, isClean: kind == BK_QUOTED), column, row + index)
            }
        }
    }

    /// Writes numbers; the form is asked for once for all of them.
    private func putNumbers(
        _ numbers: UnsafePointer<Int64>, _ count: Int, _ column: Int, _ row: Int, _ batch: BatchRows
    ) throws(ParquetError) {
        let form = form, room = form.room(8)
        switch form {
        case .signed, .bit:
            try unsafe batch.putTexts(count, column, row, room: room) { index, out in
                unsafe NumberText.put(numbers[index], out)
            }
        case .decimal(let scale), .decimalBytes(let scale):
            try unsafe batch.putTexts(count, column, row, room: room) { index, out in
                unsafe DecimalText.put(numbers[index], scale: scale, out)
            }
        case .date:
            try unsafe batch.putTexts(count, column, row, room: room) { index, out in
                unsafe CalendarText.putDate(numbers[index], out)
            }
        case .timestamp(let text):
            try unsafe batch.putTexts(count, column, row, room: room) { index, out in
                unsafe CalendarText.putTimestamp(numbers[index], text, out)
            }
        default:
            try unsafe batch.putTexts(count, column, row, room: room) { index, out in
                unsafe ValueText.put(numbers[index], form, out)
            }
        }
    }
}
