/// Passes over the rows of an event: each has an image of the row before the change, or after it, or both.
struct RowImages {
    private let steps: ColumnSteps
    private let documentCount: Int
    private let change: RowChange
    private let mayBePartial: Bool
    private let before: Image
    private let after: Image

    private struct Image {
        /// A bit for each column that it has.
        let present: EventBytes
        let isWhole: Bool
        /// Bytes of the bits that say which are NULL.
        let nullBytes: Int

        init(_ present: EventBytes, _ table: ChangedTable) {
            self.present = present
            isWhole = table.isWhole(present)
            nullBytes = ((isWhole ? table.columns.count : present.ones(table.columns.count)) + 7) / 8
        }
    }

    init(_ event: RowsEvent, _ table: ChangedTable) {
        (steps, documentCount) = (table.steps, table.documentCount)
        (change, mayBePartial) = (event.change, event.mayBePartial)
        before = Image(event.before, table)
        after = event.change == .update ? Image(event.after, table) : before
    }

    /// Passes over the row at the front.
    @inline(__always)
    func skip(_ rows: inout EventBytes) throws(ChangeError) {
        try skip(before, isPartial: false, &rows)
        if change == .update { try skip(after, isPartial: mayBePartial, &rows) }
    }

    @inline(__always)
    private func skip(_ image: Image, isPartial: Bool, _ rows: inout EventBytes) throws(ChangeError) {
        guard image.isWhole && !isPartial else { return try skipSome(image, isPartial: isPartial, &rows) }
        let nulls = try rows.take(image.nullBytes), count = steps.count, widths = unsafe steps.widths
        for index in 0 ..< count where !nulls.bit(index) {  // hot loop
            try unsafe rows.skip(width: widths[index])
        }
    }

    private func skipSome(_ image: Image, isPartial: Bool, _ rows: inout EventBytes) throws(ChangeError) {
        var partials: EventBytes?, document = 0, number = 0
        if isPartial, try rows.packed() & 1 != 0 { partials = try rows.take((documentCount + 7) / 8) }
        let nulls = try rows.take(image.nullBytes)
        for index in 0 ..< steps.count {
            var isDifference = false
            if unsafe steps.steps[index].isDocument {
                isDifference = partials?.bit(document) ?? false
                document += 1
            }
            guard image.present.bit(index) else { continue }
            if !nulls.bit(number) { try unsafe rows.skip(width: isDifference ? -4 : steps.widths[index]) }
            number += 1
        }
    }
}

extension EventBytes {
    /// Passes over a value of so many bytes, or, where that is negative, with a length of so many bytes.
    @inline(__always)
    fileprivate mutating func skip(width: Int8) throws(ChangeError) {
        if width >= 0 { return try skip(Int(width)) }
        try skip(try int(-Int(width)))
    }

    /// How many of so many bits are set.
    func ones(_ bits: Int) -> Int { (0 ..< bits).count { bit($0) } }
}
