import BackupBytes
import BackupRows
import CBackupKernels

/// Reads rows that are objects of JSON: each on lines of its own, or all in one array.
///
///     slab     {"id":1,"a":"x"}⏎{"id":2}⏎{"a":"y","id":3}⏎
///     shapes   id a ─────────────────────  a id ──────────       keys in one order: runs of rows (`JSONShape`)
///     batches  (1) (2)                     (3)                   a layout each, which share the slab
///
/// The kernel marks the values of a row and passes over what is nested in them, which is read when the row is written.
@safe package final class JSONReader: RowReader {
    /// The columns of these keys, by which values are read.
    package typealias ColumnChoice = (_ keys: [String]) throws -> [Column]

    let buffer: RecordBuffer
    let setup: ReaderSetup
    let table: TableName
    let chooseColumns: ColumnChoice
    private var form: Form?
    private(set) var marks: Marks
    /// Runs of rows that are marked in the slab, before those in `marks`.
    private var runs: [Run] = []
    private var waiting = EventQueue()
    private var nextRow = 1
    private var isOver = false
    /// Something is wrong that ends the reading after what waits.
    private var failure: (any Error)?
    /// Of the rows that are marked now.
    var shape: JSONShape?
    /// Those of the last rows before.
    var shapes: [JSONShape] = []

    /// How rows lie in the file.
    enum Form: String, Codable { case lines, array }

    private struct Run {
        var marks: Marks
        var layout: RowLayout
    }

    /// After some rows.
    package struct ResumePoint: ReaderResumePoint {
        var text: TextResumePoint
        var nextRow: Int
        var form: Form
        var isAfterRow: Bool
        var beginsLine: Bool

        package var offset: Int { text.file }
    }

    /// `charset`: what the file is decoded from; nil: it is UTF-8. `point`: where an earlier reader was; `source` gives
    /// what lies after it.
    package init(
        _ source: PeekedSource, charset: Charset? = nil, table: TableName, setup: ReaderSetup,
        at point: ResumePoint? = nil, columns: @escaping ColumnChoice
    ) throws {
        buffer = try RecordBuffer(source, charset: charset, pool: setup.pool, limit: setup.recordLimit, at: point?.text)
        self.setup = setup
        self.table = table
        chooseColumns = columns
        marks = setup.marks.take()
        if let point {
            guard point.nextRow > 0 else { throw RecordDamaged() }
            (nextRow, form) = (point.nextRow, point.form)
            (isAfterRow, beginsLine) = (point.isAfterRow, point.beginsLine)
        }
    }

    deinit { setup.marks.giveBack(marks) }

    /// The layout of the last rows; nil before the first.
    package private(set) var chosenLayout: RowLayout?

    package var resumePoint: ResumePoint? {
        guard let form, !isOver, nextRow > 1, failure == nil, waiting.isEmpty, marks.isEmpty,
            let text = buffer.resumePoint
        else { return nil }
        return ResumePoint(
            text: text, nextRow: nextRow, form: form, isAfterRow: isAfterRow, beginsLine: beginsLine)
    }

    /// A row ends where the next marking begins.
    private var isAfterRow = false
    /// A line begins with the slab.
    private var beginsLine = false
    /// That place in the slab: after what is marked.
    private var markStart = 0

    package func next() throws -> RowEvent? {
        while true {
            if let event = waiting.popFirst() { return event }
            if let failure { throw failure }
            if isOver { return nil }
            try readMore()
        }
    }

    // MARK: Marking

    private func readMore() throws {
        guard let form = try form ?? begin() else { return try end(.lines) }
        try buffer.ready()
        switch mark(form) {
        case BK_MARK_KEYS: try meetKeys(at: unsafe Int(marks.kernel.fault_at))
        case BK_MARK_FULL where marks.isEmpty && runs.isEmpty: marks.grow()
        case BK_MARK_FULL: try endBatches()
        case BK_MARK_FAULT:
            let code = unsafe RowFault.Code(marks.kernel.fault), at = unsafe Int(marks.kernel.fault_at)
            let shift = try endBatches()
            try stepOver(code, at: at - shift)
        case BK_MARK_END:
            try endBatches()
            try endArray()
        default:
            if !marks.isEmpty || !runs.isEmpty {
                try endBatches()
            } else if buffer.isAtEnd {
                try end(form)
            } else {
                try fill()
            }
        }
    }

    /// Reads more of the record that the slab begins with.
    private func fill() throws {
        do { try buffer.fill() } catch let long as RecordTooLong {
            let start = rowStart()
            guard form == .lines, let end = lineEnd(after: start) else { throw long }
            buffer.advance(to: start)
            reject(.badJSON, at: start, detail: "", recordEnd: end, next: end)
            (isAfterRow, beginsLine) = (false, false)
        }
    }

    /// The form by the first byte; nil: there is none.
    private func begin() throws -> Form? {
        while true {
            while buffer.slab.count < 3 && !buffer.isAtEnd { try buffer.fill() }
            var at = buffer.slab.start
            if unsafe buffer.offset == 0 && buffer.slab.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at += 3 }
            while unsafe at < buffer.slab.end && Self.isSpace(buffer.bytes[at]) { at += 1 }
            if at < buffer.slab.end {
                let isArray = unsafe buffer.bytes[at] == UInt8(ascii: "[")
                buffer.advance(to: isArray ? at + 1 : at)
                form = isArray ? .array : .lines
                return form
            }
            buffer.advance(to: at)
            if buffer.isAtEnd { return nil }
            try buffer.fill()
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private func mark(_ form: Form) -> bk_mark_status {
        if runs.isEmpty { markStart = buffer.slab.start }
        var rows = unsafe bk_json_rows(
            members: shape?.members.baseAddress, member_count: shape?.keys.count ?? 0,
            is_array: form == .array ? 1 : 0, is_after_row: isAfterRow ? 1 : 0)
        marks.clear()
        marks.mark { kernel in
            unsafe bk_mark_json(
                buffer.kernelBytes, markStart, buffer.slab.end, buffer.isAtEnd ? 1 : 0, &rows, kernel)
        }
        if unsafe Int(marks.kernel.consumed) > markStart { beginsLine = false }
        markStart = unsafe Int(marks.kernel.consumed)
        unsafe isAfterRow = rows.is_after_row != 0
        if runs.isEmpty && marks.isEmpty { buffer.advance(to: markStart) }
        return unsafe marks.kernel.status
    }

    /// Puts the marked rows to the runs of the slab.
    private func endRun() throws {
        if marks.isEmpty { return }
        if shape == nil { try chooseShape(for: []) }  // the first rows have no keys
        guard let shape else { return }
        let layout = try shape.layout { try self.layout(of: shape, nested: $0) }
        try refuseChangeMessages(layout)
        chosenLayout = layout
        // Runs are short where there are many: they get marks of their size.
        if unsafe marks.kernel.status == BK_MARK_KEYS || !runs.isEmpty {
            runs.append(Run(marks: marks.copy(), layout: layout))
            marks.clear()
        } else {
            runs.append(Run(marks: marks, layout: layout))
            marks = setup.marks.take()
        }
    }

    /// The number of a row that is marked in `marks`.
    func rowNumber(ofMarked row: Int) -> Int {
        unsafe nextRow + runs.reduce(0) { unsafe $0 + $1.marks.rows.count } + row
    }

    /// Gives the slab away with all rows that are marked in it; returns by how much what is left of it has moved.
    @discardableResult private func endBatches() throws -> Int {
        try endRun()
        marks.clear()
        guard !runs.isEmpty else { return 0 }
        let shift = markStart
        buffer.advance(to: shift)
        let (slab, offset) = buffer.detach()
        let shared = RowSlab(slab, offset: offset, isShared: runs.count > 1, pool: setup.pool)
        for run in runs {
            let batch = RowBatch(
                layout: run.layout, origin: setup.origin, firstRowNumber: nextRow, slab: shared, marks: run.marks,
                setup: setup)
            nextRow += batch.rowCount
            waiting.append(.rows(.marked(batch)))
        }
        runs = []
        return shift
    }

    /// The row there has other keys than those before, or in another order.
    private func meetKeys(at start: Int) throws {
        try endRun()
        switch try readKeys(at: start) {
        case .keys(let keys): try chooseShape(for: keys)
        case .more:
            // Nobody may hold positions in a slab that is filled.
            if runs.isEmpty { try fill() } else { try endBatches() }
        case .twins(let name, let at, let end):
            let shift = try endBatches()
            buffer.advance(to: start - shift)
            let detail = "“\(name)”"
            reject(.twinKey, at: at - shift, detail: detail, recordEnd: end - shift, next: end - shift)
            (isAfterRow, beginsLine) = (true, false)
        case .fault(let code, let at):
            let shift = try endBatches()
            try stepOver(code, at: at - shift)
        }
    }

    // MARK: Faults

    /// Steps over a row that cannot be read, up to the next line that begins as it does: with an object, so far from
    /// the line's beginning. What is no object is only its line.
    private func stepOver(_ code: RowFault.Code, at position: Int) throws {
        let start = rowStart(), isObject = unsafe start < buffer.slab.end && buffer.bytes[start] == UInt8(ascii: "{")
        let indent = indent(of: start)
        buffer.advance(to: start)
        // From the beginning of the record.
        var from = 0, recordEnd: Int?, next = NextLine.other
        search: while true {
            while let end = lineEnd(after: buffer.slab.start + from) {
                from = end - buffer.slab.start
                next =
                    form == .array || isObject ? nextLine(after: end, indent: indent) : .row(at: end, isAfterRow: false)
                switch next {
                case .row:
                    recordEnd = from
                    break search
                case .more: break
                case .other:
                    from += 1
                    continue
                }
                break
            }
            if buffer.isAtEnd { break }
            try buffer.fill()
        }
        let base = buffer.slab.start, whole = buffer.slab.end - base
        let row = nextRow, at = base + min(position - start, whole), end = base + (recordEnd ?? whole)
        if case .row(let line, let isAfterRow) = next {
            reject(code, at: at, detail: "", recordEnd: end, next: line)
            (self.isAfterRow, beginsLine) = (isAfterRow, true)
            return
        }
        reject(code, at: at, detail: "", recordEnd: end, next: end)
        isAfterRow = false
        guard form == .array else { return }
        let isCut = code == .cutObject
        failure = JSONRowsError(
            reason: isCut ? .openArray : .lostInArray, offset: buffer.offset, row: isCut ? nil : row)
    }

    /// Where the row begins after which something is wrong.
    private func rowStart() -> Int {
        var at = buffer.slab.start
        while unsafe at < buffer.slab.end && (Self.isSpace(buffer.bytes[at]) || isSeparator(buffer.bytes[at])) {
            at += 1
        }
        return at
    }

    private func isSeparator(_ byte: UInt8) -> Bool { form == .array && byte == UInt8(ascii: ",") }

    /// How far from its line's beginning it stands; 0 where something else stands before it.
    private func indent(of start: Int) -> Int {
        let before = unsafe buffer.bytes[buffer.slab.start ..< start]
        let blanks = unsafe before.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
        let isFirst = unsafe blanks == before.count ? beginsLine : Self.isLineEnd(before[start - blanks - 1])
        return isFirst ? blanks : 0
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private func lineEnd(after position: Int) -> Int? {
        unsafe buffer.bytes[position...].firstIndex(where: Self.isLineEnd)
    }

    private enum NextLine {
        /// A row begins in it, or the array ends; the line begins at `at`.
        case row(at: Int, isAfterRow: Bool)
        case more
        case other
    }

    /// What the line after this line end begins with.
    private func nextLine(after end: Int, indent: Int) -> NextLine {
        var at = end + 1
        func byte() -> UInt8? { at < buffer.slab.end ? unsafe buffer.bytes[at] : nil }
        if unsafe buffer.bytes[end] == 0x0D && byte() == 0x0A { at += 1 }
        let line = at
        while byte() == 0x20 || byte() == 0x09 { at += 1 }
        let blanks = at - line, hasComma = form == .array && byte() == UInt8(ascii: ",")
        if hasComma { at += 1 }
        guard let first = byte() else { return buffer.isAtEnd ? .other : .more }
        if form == .array && first == UInt8(ascii: "]") && !hasComma && blanks <= indent {
            return .row(at: line, isAfterRow: true)
        }
        return first == UInt8(ascii: "{") && blanks == indent ? .row(at: line, isAfterRow: hasComma) : .other
    }

    /// The record that begins the slab cannot be read; it goes up to `recordEnd`, and reading resumes at `next`.
    private func reject(_ code: RowFault.Code, at position: Int, detail: String, recordEnd end: Int, next: Int) {
        var record = unsafe [UInt8](buffer.bytes[buffer.slab.start ..< end])
        while record.last == 0x0A || record.last == 0x0D { record.removeLast() }
        let fault = RowFault(
            code: code, row: nextRow, offset: buffer.slabOffset + position, detail: detail, record: record)
        nextRow += 1
        buffer.advance(to: next)
        waiting.append(.fault(fault, table))
    }

    // MARK: The end

    private func end(_ form: Form) throws {
        try noteColumnsOfNoRows()
        isOver = form == .lines
        if !isOver { failure = JSONRowsError(reason: .openArray, offset: buffer.offset) }
    }

    /// Nothing may follow the array.
    private func endArray() throws {
        while true {
            var at = buffer.slab.start
            while unsafe at < buffer.slab.end && Self.isSpace(buffer.bytes[at]) { at += 1 }
            buffer.advance(to: at)
            if at < buffer.slab.end {
                failure = JSONRowsError(reason: .textAfterArray, offset: buffer.offset)
                return
            }
            if buffer.isAtEnd { break }
            try buffer.fill()
        }
        try noteColumnsOfNoRows()
        isOver = true
    }

    /// A table without rows has a layout, too.
    private func noteColumnsOfNoRows() throws {
        if chosenLayout == nil { chosenLayout = try layout(of: JSONShape([]), nested: []) }
    }
}
