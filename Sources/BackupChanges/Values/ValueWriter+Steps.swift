import CBackupKernels

/// Values of the usual types, without a look at their column's form.
extension ValueWriter {
    /// Writes the value at the front of `row`, as `put` of its column's form does.
    @inline(__always)
    func put(_ step: ColumnStep, of table: ChangedTable, _ index: Int, _ row: inout EventBytes) throws(ChangeError) {
        switch step.kind {
        case .signed:
            if step.isQuoted { return try putOther(table, index, &row) }
            let bytes = Int(step.size), shift = UInt64(64 - 8 * bytes), value = try row.number(bytes)
            try out.reserve(LineText.shortRoom)
            out.commit(unsafe bk_put_signed(Int64(bitPattern: value << shift) >> Int64(shift), out.next))
        case .unsigned:
            if step.isQuoted { return try putOther(table, index, &row) }
            try out.append(digits: try row.number(Int(step.size)))
        case .text:
            let value = try row.take(try row.int(Int(step.size)))
            if !(try out.appendString(value)) { try replace(value.array, "UTF-8") }
        case .decimal:
            if step.isQuoted { return try putOther(table, index, &row) }
            try DecimalText.put(&row, Int(step.size), Int(step.more), out)
        case .double:
            if step.isQuoted { return try putOther(table, index, &row) }
            try putDouble(Double(bitPattern: try row.number(8)))
        case .date:
            try quote()
            try TimeText.putDate(try row.number(3), out)
            try quote()
        case .dateTime:
            try quote()
            try TimeText.putDateTime(&row, Int(step.size), out)
            try quote()
        case .timestamp:
            try quote()
            let seconds = try row.bigEndian(4)
            try TimeText.putTimestamp(
                seconds, try TimeText.fraction(&row, Int(step.size)), Int(step.size), out)
            try quote()
        case .enumeration: try putLabel(step, table, &row)
        case .time, .year, .bit, .other: try putOther(table, index, &row)
        }
    }

    private func putOther(_ table: ChangedTable, _ index: Int, _ row: inout EventBytes) throws(ChangeError) {
        try put(table.columns[index].form, isQuoted: table.columns[index].isQuoted, &row)
    }

    @inline(__always)
    private func quote() throws(ChangeError) { try out.append(UInt8(ascii: "\"")) }

    private func putLabel(_ step: ColumnStep, _ table: ChangedTable, _ row: inout EventBytes) throws(ChangeError) {
        let number = Int(try row.number(Int(step.size)))
        // 0 is MySQL's word for a value that was none of the list.
        if number == 0 { return try out.append("\"\"") }
        guard number <= step.more else {
            throw .damaged("an ENUM of \(step.more) words has the value \(number)")
        }
        let label = unsafe table.steps.label(number - 1, of: step)
        try unsafe out.append(short: label.start, label.count)
    }

    /// Passes over a value without a look at what it is.
    @inline(__always)
    func skip(_ step: ColumnStep, of table: ChangedTable, _ index: Int, _ row: inout EventBytes) throws(ChangeError) {
        switch step.kind {
        case .signed, .unsigned, .enumeration, .bit: try row.skip(Int(step.size))
        case .text: try row.skip(try row.int(Int(step.size)))
        case .decimal: try row.skip(DecimalText.length(Int(step.size), Int(step.more)))
        case .double: try row.skip(8)
        case .year: try row.skip(1)
        case .date: try row.skip(3)
        case .time: try row.skip(3 + (Int(step.size) + 1) / 2)
        case .dateTime: try row.skip(5 + (Int(step.size) + 1) / 2)
        case .timestamp: try row.skip(4 + (Int(step.size) + 1) / 2)
        case .other: try skip(table.columns[index].form, &row)
        }
    }
}
