/// The rows of an event: which columns they have, and their bytes.
///
///     table 6 | flags 2 | (extra 2 …) | columns | present | (present after an update) | row | row | …
struct RowsEvent {
    let change: RowChange
    /// The rows after an update may be differences (PARTIAL_UPDATE_ROWS).
    let mayBePartial: Bool
    /// Bitmaps of the columns that a row has before the change, and after it.
    let before: EventBytes
    let after: EventBytes
    var rows: EventBytes

    static let endsStatement: UInt16 = 0x01

    /// The table's number and the flags in front, and what is after them.
    static func head(
        _ event: LogEvent, _ format: LogFormat
    ) throws(ChangeError) -> (table: UInt64, flags: UInt16, rest: EventBytes) {
        var rest = event.body
        let table = try rest.number(format.tableIDLength(event.kind)), flags = UInt16(try rest.number(2))
        switch event.kind {
        case EventKind.writeRows ... EventKind.deleteRows, EventKind.partialUpdateRows, EventKind.compressedRows:
            let extra = try rest.int(2)
            guard extra >= 2 else { throw .damaged("the extra data of rows has a length of \(extra)") }
            try rest.skip(extra - 2)
        default: break
        }
        return (table, flags, rest)
    }

    /// Whether MariaDB has compressed the rows.
    static func isCompressed(_ kind: UInt8) -> Bool {
        EventKind.compressedRowsV1.contains(kind) || EventKind.compressedRows.contains(kind)
    }

    /// Rows whose bitmaps are known already.
    init(_ change: RowChange, mayBePartial: Bool, before: EventBytes, after: EventBytes, rows: EventBytes) {
        (self.change, self.mayBePartial) = (change, mayBePartial)
        (self.before, self.after, self.rows) = (before, after, rows)
    }

    /// `rest`: what is after the head.
    init(_ kind: UInt8, _ rest: EventBytes, columns: Int, inflater: Inflater) throws(ChangeError) {
        guard let change = RowChange(kind) else { throw .damaged("an event of type \(kind) has no rows") }
        self.change = change
        mayBePartial = kind == EventKind.partialUpdateRows
        var rest = rest
        let count = try rest.packed()
        guard count == columns else {
            throw .damaged("rows have \(count) columns, where their table has \(columns)")
        }
        let present = try rest.take((count + 7) / 8)
        switch change {
        case .create: (before, after) = (present, present)
        case .update: (before, after) = (present, try rest.take((count + 7) / 8))
        case .delete: (before, after) = (present, present)
        }
        rows = Self.isCompressed(kind) ? try inflater.inflate(&rest) : rest
    }
}
