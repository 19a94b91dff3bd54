import BackupBytes
import BackupRows
import CBackupKernels

/// Writes rows of events as lines, or as the values of a batch. Used by one worker at a time.
///
///     {"op":"u","ts_ms":1700000003000,"before":{…},"after":{…},"source":{"db":…,"table":…,…,"row":0,…,"query":…}}
///     {"_op":"u","_ts_ms":1700000003000,"_file":…,"_pos":532,"_row":0,"id":1,…}
@safe final class ChangeLines {
    let text = LineText()
    let writer: ValueWriter
    private let isFlat: Bool
    let omitsNulls: Bool
    /// Of the lines that are written; nil: values are marked.
    private var layout: RowLayout?
    /// Keys of its columns, with the comma in front, up to the value.
    private var keys: UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt8>>
    private var writesLines: Bool { unsafe !keys.isEmpty }
    /// Of the rows that are marked.
    private(set) var fields: [bk_field] = []
    private var valueStart = 0
    private(set) var rowStart = 0
    /// Of the event whose rows are written.
    let source = ChangeSource()
    /// The bytes of JSON documents before an update, by column.
    var documents: [Int: EventBytes] = [:]

    init(_ setup: ReaderSetup, isFlat: Bool) {
        self.isFlat = isFlat
        omitsNulls = setup.lines.values.omitsNulls
        writer = ValueWriter(text, setup.lines.values, inflater: Inflater(limit: setup.recordLimit))
        unsafe keys = .init(start: nil, count: 0)
    }

    deinit { unsafe keys.deallocate() }

    /// Rows of a batch come next: lines of this layout, or values that are marked.
    func begin(_ layout: RowLayout?) {
        if layout !== self.layout {
            self.layout = layout
            unsafe keys.deallocate()
            unsafe keys = .allocate(capacity: layout?.columns.count ?? 0)
            for index in unsafe keys.indices {
                // The kernels' keys end with the quote that text has.
                guard let key = unsafe layout?.pieceKey(ofColumn: index) else { continue }
                unsafe keys.initializeElement(at: index, to: .init(rebasing: key.dropLast()))
            }
        }
        fields.removeAll(keepingCapacity: true)
        writer.replaced = 0
    }

    /// U+FFFD written in the batch.
    var replaced: Int { writer.replaced }

    // MARK: Rows

    func beginRow() throws(ChangeError) {
        rowStart = text.end
        if let layout { try unsafe text.append(copyOf: layout.piecePrefix) }
    }

    /// Writes the row at the front of `event.rows`, its number `row`.
    func write(_ event: inout RowsEvent, of table: ChangedTable, row: Int) throws(ChangeError) {
        if isFlat {
            try writeFlat(&event, table, row)
        } else {
            try writeEnvelope(&event, table, row)
        }
    }

    func endRow() throws(ChangeError) {
        guard writesLines else { return }
        if text.end == rowStart { try text.append(UInt8(ascii: ",")) }
        unsafe text.base[rowStart] = UInt8(ascii: "{")
        try text.append("}\n")
    }

    /// What was written of a row is no more; `count`: fields before it.
    func dropRow(fields count: Int) {
        text.truncate(to: rowStart)
        fields.removeSubrange(count...)
    }

    /// A statement that changes tables.
    func write(definition text: EventBytes, database: EventBytes?) throws(ChangeError) {
        try beginValue(0)
        try writeTime()
        try beginValue(1)
        try self.text.append(database.map { JSONText.string($0.string) } ?? Array("null".utf8))
        endValue()
        try beginValue(2)
        try self.text.append(JSONText.string(text.string))
        endValue()
        try beginValue(3)
        try writeSource(0)
        endValue()
    }

    // MARK: Values

    /// The value of a column of the layout comes next.
    @inline(__always)
    func beginValue(_ column: Int) throws(ChangeError) {
        if writesLines {
            let key = unsafe keys[column]
            if let start = key.baseAddress { try unsafe text.append(short: start, key.count) }
        } else {
            valueStart = text.end
        }
    }

    @inline(__always)
    func endValue() {
        if !writesLines {
            fields.append(bk_field(start: UInt32(valueStart) | BK_JSON.rawValue, end: UInt32(text.end)))
        }
    }

    /// SQL's NULL.
    private func writeNull(_ column: Int) throws(ChangeError) {
        guard writesLines else { return fields.append(bk_field(start: BK_NULL.rawValue, end: 0)) }
        if omitsNulls { return }
        try beginValue(column)
        try text.append("null")
    }

    /// The row has no such value.
    private func markAbsent() {
        if !writesLines { fields.append(bk_field(start: BK_ABSENT.rawValue, end: 0)) }
    }

    private func writeEnvelope(_ event: inout RowsEvent, _ table: ChangedTable, _ row: Int) throws(ChangeError) {
        try writeHead(event.change)
        try beginValue(2)
        if event.change == .create { try text.append("null") } else { try writeImage(&event.rows, event.before, table) }
        endValue()
        try beginValue(3)
        if event.change == .delete {
            try text.append("null")
        } else {
            let isAfterUpdate = event.change == .update
            try writeImage(&event.rows, event.after, table, mayBePartial: event.mayBePartial && isAfterUpdate)
        }
        endValue()
        try beginValue(4)
        try writeSource(row)
        endValue()
    }

    private func writeSource(_ row: Int) throws(ChangeError) {
        try text.append(source.head)
        try text.append(number: row)
        try text.append(source.tail)
    }

    /// What happened, and when: the first two values of a line of either form.
    private func writeHead(_ change: RowChange) throws(ChangeError) {
        try beginValue(0)
        switch change {
        case .create: try text.append("\"c\"")
        case .update: try text.append("\"u\"")
        case .delete: try text.append("\"d\"")
        }
        endValue()
        try beginValue(1)
        try writeTime()
    }

    private func writeTime() throws(ChangeError) {
        try text.append(digits: UInt64(source.timestamp) * 1000)
        endValue()
    }

    private func writeFlat(_ event: inout RowsEvent, _ table: ChangedTable, _ row: Int) throws(ChangeError) {
        // The row after the change; before it, of one that is deleted.
        if event.change == .update {
            try eachValue(&event.rows, event.before, table, mayBePartial: false) {
                (index, step, isNull, _, rows) throws(ChangeError) in
                if isNull { return }
                if step.isDocument { documents[index] = try Self.document(table.columns[index], rows) }
                try writer.skip(step, of: table, index, &rows)
            }
        }
        try writeHead(event.change)
        try beginValue(2)
        try text.append(source.file)
        endValue()
        try beginValue(3)
        try text.append(number: source.position)
        endValue()
        try beginValue(4)
        try text.append(number: row)
        endValue()
        var next = 0, column = ChangeColumns.flat.count
        func absent(upTo index: Int) {
            while next < index {
                if !table.columns[next].isHidden {
                    markAbsent()
                    column += 1
                }
                next += 1
            }
        }
        let present = event.change == .update ? event.after : event.before
        let mayBePartial = event.mayBePartial && event.change == .update
        try eachValue(&event.rows, present, table, mayBePartial: mayBePartial) {
            (index, step, isNull, partial, rows) throws(ChangeError) in
            if step.isHidden { return isNull ? () : try writer.skip(step, of: table, index, &rows) }
            absent(upTo: index)
            (next, column) = (index + 1, column + 1)
            if isNull { return try writeNull(column - 1) }
            try beginValue(column - 1)
            try writeValue(index, step, table, isNull: false, isPartial: partial, &rows)
            endValue()
        }
        absent(upTo: table.columns.count)
    }
}
