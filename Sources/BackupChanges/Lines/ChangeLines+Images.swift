import BackupRows

/// The image of a row: a bit for each column that it has if it is NULL, then the values.
extension ChangeLines {
    /// One row as an object.
    func writeImage(
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

    @inline(__always)
    func writeValue(
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
    func eachValue(
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
    static func document(_ column: ChangedColumn, _ rows: EventBytes) throws(ChangeError) -> EventBytes {
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
}
