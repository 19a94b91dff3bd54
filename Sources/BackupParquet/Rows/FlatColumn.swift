import CBackupKernels

/// A column whose values lie in no list and no group: a value a row.
@safe final class FlatColumn: BatchColumn {
    private let reader: LeafReader
    private let form: TextForm
    private var carried = Carried()
    private let kind: bk_kind

    init(_ reader: LeafReader) {
        (self.reader, form) = (reader, reader.form)
        kind = reader.form == .interval ? BK_JSON : BK_QUOTED
    }

    func begin(_ chunks: [ColumnChunk], before end: Int) throws {
        carried = Carried()
        try locating { try reader.begin(chunks[0], before: end) }
    }

    var isText: Bool { form == .text || form == .json }
    var isAtEnd: Bool { reader.isAtEnd && carried.count == 0 }

    func skip(_ rows: Int) throws {
        try locating {
            var left = rows - (try reader.skipPages(ofRows: rows))
            while left > 0 {
                guard try reader.prepare() else { throw ParquetError.damaged("it has fewer values than rows") }
                let count = min(left, reader.levelsLeft)
                for _ in 0 ..< count {
                    if isThere {
                        try reader.prepareValue()
                        reader.values.used += 1
                    }
                    reader.useLevels(1)
                }
                left -= count
            }
        }
    }

    private var isThere: Bool {
        reader.leaf.maxDefinition == 0 || reader.definition == UInt32(reader.leaf.maxDefinition)
    }

    private func locating<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as ParquetError { throw error.located(column: reader.leaf.name) }
    }

    func carry(from row: Int, of batch: BatchRows, _ column: Int, written: Int) {
        carried.keep(row ..< max(row, written), of: batch, column)
    }

    func write(_ column: Int, into batch: BatchRows, number: Int) throws -> Int {
        try locating {
            var row = try carried.write(column, weighs: form.isOfBytes, from: 0, into: batch)
            while row < batch.rowCount {
                guard try reader.prepare() else { throw ParquetError.damaged("it has fewer values than rows") }
                let count = min(batch.rowCount - row, reader.levelsLeft)
                let past = row + (try writeRun(count, column, row, batch, number))
                if past == row { break }
                row = past
            }
            return row
        }
    }

    /// Writes up to so many rows, all with a value or all without; returns how many.
    private func writeRun(
        _ limit: Int, _ column: Int, _ row: Int, _ batch: BatchRows, _ number: Int
    ) throws -> Int {
        var count = limit
        if reader.leaf.maxDefinition > 0 {
            let levels = unsafe reader.definitions + reader.levelsUsed, first = unsafe levels[0]
            count = 1
            while unsafe count < limit && levels[count] == first { count += 1 }
            if first < UInt32(reader.leaf.maxDefinition) {
                for index in row ..< row + count { batch.put(TextSlab.null, column, index) }
                reader.useLevels(count)
                return count
            }
        }
        var written = 0
        while written < count && row + written < batch.rowCount {
            try reader.prepareValue()
            let some = min(count - written, reader.values.left, batch.rowCount - row - written)
            let done = try put(some, column, row + written, batch, number)
            reader.values.used += done
            written += done
        }
        reader.useLevels(written)
        return written
    }

    /// Writes values that are decoded; returns how many, fewer where the batch is full.
    private func put(_ count: Int, _ column: Int, _ row: Int, _ batch: BatchRows, _ number: Int) throws -> Int {
        let values = reader.values, first = values.used, text = batch.text
        if reader.isIndexed, let dictionary = reader.dictionary {
            for index in 0 ..< count {  // hot loop
                let position = unsafe Int(values.indexes[first + index])
                let field = try dictionary.field(position, batch: number, text, endsApart: form.isAsStored)
                batch.put(kind == BK_JSON ? Self.asJSON(field) : field, column, row + index)
                let length = Int(field.end & UInt32(BK_OFFSET)) - Int(field.start & UInt32(BK_OFFSET))
                if form.isOfBytes && !batch.weigh(length, row + index) { return index + 1 }
            }
            return count
        }
        if form.isAsStored {
            for index in 0 ..< count {  // hot loop
                let value = unsafe values.spans[first + index], start = text.end
                try text.reserve(value.count + 1)
                let isClean = unsafe CleanText.copy(value.start, text.next, value.count)
                text.commit(value.count)
                batch.put(text.field(from: start, BK_QUOTED, isClean: isClean), column, row + index)
                unsafe text.next.pointee = 0x0A
                text.commit(1)
                if !batch.weigh(value.count, row + index) { return index + 1 }
            }
            return count
        }
        if form.isOfBytes {
            for index in 0 ..< count {
                let start = text.end
                try Self.put(values, first + index, form, text)
                batch.put(text.field(from: start, kind, isClean: kind == BK_QUOTED), column, row + index)
                if !batch.weigh(text.end - start, row + index) { return index + 1 }
            }
        } else {
            try putNumbers(count, column, row, batch)
        }
        return count
    }

    /// Writes numbers; the form is asked for once for all of them.
    private func putNumbers(_ count: Int, _ column: Int, _ row: Int, _ batch: BatchRows) throws {
        let numbers = unsafe reader.values.numbers + reader.values.used, kind = kind, form = form, room = form.room(8)
        switch form {
        case .signed, .bit:
            try unsafe batch.putTexts(count, column, row, room: room, kind: kind) { index, out in
                unsafe NumberText.put(numbers[index], out)
            }
        case .decimal(let scale):
            try unsafe batch.putTexts(count, column, row, room: room, kind: kind) { index, out in
                unsafe DecimalText.put(numbers[index], scale: scale, out)
            }
        case .date:
            try unsafe batch.putTexts(count, column, row, room: room, kind: kind) { index, out in
                unsafe CalendarText.putDate(numbers[index], out)
            }
        case .timestamp(let text):
            try unsafe batch.putTexts(count, column, row, room: room, kind: kind) { index, out in
                unsafe CalendarText.putTimestamp(numbers[index], text, out)
            }
        default:
            try unsafe batch.putTexts(count, column, row, room: room, kind: kind) { index, out in
                unsafe ValueText.put(numbers[index], form, out)
            }
        }
    }

    private static func asJSON(_ field: bk_field) -> bk_field {
        bk_field(start: field.start & UInt32(BK_OFFSET) | BK_JSON.rawValue, end: field.end & UInt32(BK_OFFSET))
    }

    /// Writes one value's text, which is not its bytes as they are.
    @inline(__always)
    static func put(_ values: ValueBuffer, _ index: Int, _ form: TextForm, _ text: TextSlab) throws(ParquetError) {
        if form.isOfBytes {
            let value = unsafe values.spans[index]
            if value.count > decimalLimit {
                throw ParquetError(.overLimit, "a number is longer than \(decimalLimit) bytes")
            }
            try text.reserve(form.room(value.count))
            text.commit(unsafe ValueText.put(value, form, text.next))
        } else {
            try text.reserve(form.room(8))
            text.commit(unsafe ValueText.put(values.numbers[index], form, text.next))
        }
    }

    /// Bytes of a decimal: its digits take time that grows with their square.
    static let decimalLimit = 4096
}
