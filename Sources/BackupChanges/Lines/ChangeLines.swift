import BackupBytes
import BackupRows

/// Writes rows of a transaction as lines.
///
///     {"op":"u","ts_ms":1700000003000,"before":{…},"after":{…},"source":{"db":…,"table":…,…,"row":0,…,"query":…}}
///     {"_op":"u","_ts_ms":1700000003000,"_file":…,"_pos":532,"_row":0,"id":1,…}
@safe final class ChangeLines {
    let batches: ChangeBatches
    private let text: LineText
    private let writer: ValueWriter
    private let isFlat: Bool
    private let lines: LineFormat
    private let omitsNulls: Bool
    private var envelopes: [TableName: RowLayout] = [:]
    /// Of the row before.
    private var last: (table: ChangedTable, layout: RowLayout)?
    /// Of the event whose rows are written.
    private var source = ChangeSource()
    /// The bytes of JSON documents before an update, by column.
    private var documents: [Int: EventBytes] = [:]
    /// Values of the database's own columns that were left out, by table.
    var hidden: [TableName: [String: Int]] = [:]

    /// Layouts that are kept for the next rows.
    private static let layoutLimit = 4096

    init(_ setup: ReaderSetup, isFlat: Bool) {
        batches = ChangeBatches(setup)
        text = batches.text
        lines = setup.lines
        self.isFlat = isFlat
        omitsNulls = setup.lines.values.omitsNulls
        writer = ValueWriter(text, setup.lines.values, inflater: Inflater(limit: setup.recordLimit))
    }

    /// U+FFFD written since the last call.
    func takeReplaced() -> Int {
        defer { writer.replaced = 0 }
        return writer.replaced
    }

    /// Rows of an event come next.
    func begin(_ source: ChangeSource) { self.source = source }

    // MARK: Rows

    /// Writes the row at the front of `event.rows`, its number `row`. `isWritten`: else it is only passed over.
    func write(
        _ event: inout RowsEvent, of table: ChangedTable, row: Int, isWritten: Bool
    ) throws(ChangeError) {
        batches.beginRow()
        if isFlat {
            try writeFlat(&event, table, row)
        } else {
            try writeEnvelope(&event, table, row)
        }
        guard isWritten else { return batches.dropRow() }
        if !table.hidden.isEmpty { countHidden(table) }
        batches.endRow(layout(of: table))
    }

    private func countHidden(_ table: ChangedTable) {
        for name in table.hidden { hidden[table.map.name, default: [:]][name, default: 0] += 1 }
    }

    /// Passes over the row at the front of `event.rows`, of which nothing stays written.
    func skip(_ event: inout RowsEvent, of table: ChangedTable) throws(ChangeError) {
        batches.dropRow()
        try skipImage(&event.rows, event.before, table)
        guard event.change == .update else { return }
        try skipImage(&event.rows, event.after, table, mayBePartial: event.mayBePartial)
    }

    private func skipImage(
        _ rows: inout EventBytes, _ present: EventBytes, _ table: ChangedTable, mayBePartial: Bool = false
    ) throws(ChangeError) {
        try eachValue(&rows, present, table, mayBePartial: mayBePartial) {
            (index, step, isNull, isPartial, rows) throws(ChangeError) in
            if isNull { return }
            if isPartial { return try rows.skip(try rows.int(4)) }
            try writer.skip(step, of: table, index, &rows)
        }
    }

    private func writeEnvelope(_ event: inout RowsEvent, _ table: ChangedTable, _ row: Int) throws(ChangeError) {
        try writeHead(event.change)
        var start = text.end
        if event.change == .create { try text.append("null") } else { try writeImage(&event.rows, event.before, table) }
        batches.mark(from: start)
        start = text.end
        if event.change == .delete {
            try text.append("null")
        } else {
            let isAfterUpdate = event.change == .update
            try writeImage(&event.rows, event.after, table, mayBePartial: event.mayBePartial && isAfterUpdate)
        }
        batches.mark(from: start)
        start = text.end
        try writeSource(row)
        batches.mark(from: start)
    }

    private func writeSource(_ row: Int) throws(ChangeError) {
        try text.append(source.head)
        try text.append(number: source.position)
        try text.append(",\"row\":")
        try text.append(number: row)
        try text.append(source.tail)
    }

    /// What happened, and when: the first two values of a line of either form.
    private func writeHead(_ change: RowChange) throws(ChangeError) {
        let start = text.end
        switch change {
        case .create: try text.append("\"c\"")
        case .update: try text.append("\"u\"")
        case .delete: try text.append("\"d\"")
        }
        batches.mark(from: start)
        try writeTime()
    }

    private func writeTime() throws(ChangeError) {
        let start = text.end
        try text.append(digits: UInt64(source.timestamp) * 1000)
        batches.mark(from: start)
    }

    // MARK: Images

    /// One row as an object, from its image: a bit for each column that it has if it is NULL, then the values.
    private func writeImage(
        _ rows: inout EventBytes, _ present: EventBytes, _ table: ChangedTable, mayBePartial: Bool = false
    ) throws(ChangeError) {
        try text.append(UInt8(ascii: "{"))
        var isFirst = true
        try eachValue(&rows, present, table, mayBePartial: mayBePartial) {
            (index, step, isNull, partial, rows) throws(ChangeError) in
            if step.isHidden { return isNull ? () : try writer.skip(step, of: table, index, &rows) }
            if isNull && omitsNulls { return }
            // Without its comma in front of the first.
            let past = isFirst ? 1 : 0
            try unsafe text.append(short: table.steps.texts + Int(step.key) + past, Int(step.keyLength) - past)
            isFirst = false
            try writeValue(index, step, table, isNull: isNull, isPartial: partial, &rows)
        }
        try text.append(UInt8(ascii: "}"))
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
        var start = text.end
        try text.append(source.file)
        batches.mark(from: start)
        start = text.end
        try text.append(number: source.position)
        batches.mark(from: start)
        start = text.end
        try text.append(number: row)
        batches.mark(from: start)
        var next = 0
        func absent(upTo index: Int) {
            while next < index {
                if !table.columns[next].isHidden { batches.markAbsent() }
                next += 1
            }
        }
        let present = event.change == .update ? event.after : event.before
        let mayBePartial = event.mayBePartial && event.change == .update
        try eachValue(&event.rows, present, table, mayBePartial: mayBePartial) {
            (index, step, isNull, partial, rows) throws(ChangeError) in
            if step.isHidden { return isNull ? () : try writer.skip(step, of: table, index, &rows) }
            absent(upTo: index)
            next = index + 1
            if isNull { return batches.markNull() }
            let start = text.end
            try writeValue(index, step, table, isNull: false, isPartial: partial, &rows)
            batches.mark(from: start)
        }
        absent(upTo: table.columns.count)
    }

    @inline(__always)
    private func writeValue(
        _ index: Int, _ step: ColumnStep, _ table: ChangedTable, isNull: Bool, isPartial: Bool,
        _ rows: inout EventBytes
    ) throws(ChangeError) {
        if isNull { return try text.append("null") }
        do {
            if isPartial { return try writeDifferences(index, table.columns[index], &rows) }
            if step.isDocument { documents[index] = try Self.document(table.columns[index], rows) }
            try writer.put(step, of: table, index, &rows)
        } catch {
            throw error.located(column: table.columns[index].name)
        }
    }

    /// Walks over the values of an image. `partial`: what comes are differences of a JSON document.
    @inline(__always)
    private func eachValue(
        _ rows: inout EventBytes, _ present: EventBytes, _ table: ChangedTable, mayBePartial: Bool,
        _ body: (
            _ index: Int, _ step: ColumnStep, _ isNull: Bool, _ partial: Bool, _ rows: inout EventBytes
        ) throws(ChangeError) -> Void
    ) throws(ChangeError) {
        let count = table.steps.count, steps = unsafe table.steps.steps
        var partials: EventBytes?, json = 0
        if mayBePartial {
            if try rows.packed() & 1 != 0 {
                partials = try rows.take((table.documentCount + 7) / 8)
            }
        } else if !documents.isEmpty {
            documents.removeAll(keepingCapacity: true)
        }
        let isWhole = table.isWhole(present)
        let nulls = try rows.take(((isWhole ? count : present.ones(count)) + 7) / 8)
        var number = 0
        for index in 0 ..< count {  // hot loop
            let step = unsafe steps[index]
            var isPartial = false
            if step.isDocument {
                isPartial = partials.map { $0.bit(json) } ?? false
                json += 1
            }
            guard isWhole || present.bit(index) else { continue }
            let isNull = nulls.bit(number)
            number += 1
            try body(index, step, isNull, isPartial, &rows)
        }
    }

    // MARK: Documents

    /// The bytes of the document at the front of `rows`.
    private static func document(_ column: ChangedColumn, _ rows: EventBytes) throws(ChangeError) -> EventBytes {
        guard case .json(let lengthBytes) = column.form else { return rows }
        var rest = rows
        return try rest.take(try rest.int(lengthBytes))
    }

    private func writeDifferences(
        _ index: Int, _ column: ChangedColumn, _ rows: inout EventBytes
    ) throws(ChangeError) {
        let differences = try rows.take(try rows.int(4))
        guard let before = documents[index], !before.isEmpty else {
            throw .unsupported(
                "the change of a document is logged as a difference, and the row before the change does not hold the "
                    + "document (binlog_row_image other than FULL)")
        }
        let document = try writer.documents.tree(before)
        try writer.documents.put(try DocumentDifferences.apply(differences, to: document, writer.documents))
    }

    // MARK: Layouts

    private func layout(of table: ChangedTable) -> RowLayout {
        if let last, last.table === table { return last.layout }
        let layout = isFlat ? flatLayout(table) : envelope(table.map.name)
        last = (table, layout)
        return layout
    }

    private func envelope(_ table: TableName) -> RowLayout {
        if let known = envelopes[table] { return known }
        if envelopes.count > Self.layoutLimit { envelopes.removeAll() }
        let layout = RowLayout(
            table: table, columns: ChangeColumns.envelope, spelling: RowSpelling(), lines: lines,
            kind: .changes)
        envelopes[table] = layout
        return layout
    }

    private func flatLayout(_ table: ChangedTable) -> RowLayout {
        if let known = table.flatLayout { return known }
        let columns = ChangeColumns.flat + table.columns.filter { !$0.isHidden }.map(\.column)
        let layout = RowLayout(
            table: table.map.name, columns: columns, spelling: RowSpelling(), lines: lines, kind: .changes)
        table.flatLayout = layout
        return layout
    }

    /// A statement that changes tables, as a line of its own.
    func write(definition text: String, database: String?) throws(ChangeError) {
        batches.beginRow()
        try writeTime()
        var start = self.text.end
        try self.text.append(database.map { JSONText.string($0) } ?? Array("null".utf8))
        batches.mark(from: start)
        start = self.text.end
        try self.text.append(JSONText.string(text))
        batches.mark(from: start)
        start = self.text.end
        try writeSource(0)
        batches.mark(from: start)
        batches.endRow(definitions)
    }

    private lazy var definitions = RowLayout(
        table: ChangeColumns.definitionTable, columns: ChangeColumns.definition, spelling: RowSpelling(), lines: lines,
        kind: .ddl)
}

extension EventBytes {
    /// How many of so many bits are set.
    func ones(_ bits: Int) -> Int {
        (0 ..< bits).count { bit($0) }
    }
}
