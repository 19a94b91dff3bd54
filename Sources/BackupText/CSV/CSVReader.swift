import BackupBytes
import BackupRows
import CBackupKernels

/// Reads delimited text.
@safe package final class CSVReader: RowReader {
    /// Decides the layout once the header (where there is one) and the first row's field count are known.
    /// The dialect is the one that was given, with everything decided that was to be sniffed.
    package typealias LayoutChoice = (_ header: [String]?, _ fieldCount: Int?, _ dialect: CSVDialect) throws ->
        RowLayout

    private let buffer: RecordBuffer
    private let setup: ReaderSetup
    private let chooseLayout: LayoutChoice
    private let table: TableName
    var dialect: CSVDialect
    private let isSniffed: Bool
    private var layout: RowLayout?
    private(set) var marks: Marks
    private var nextRow = 1
    private var isStarted = false
    private var counter: RecordCounter
    /// The line `\.` has been met.
    private var isOver = false
    private var header: [String]?
    private var fieldCount: Int?
    /// The kernels' bk_csv.multibyte.
    private(set) var multibytes: UnsafeMutableBufferPointer<UInt8>?

    /// What is known after the header and some rows.
    package struct ResumePoint: ReaderResumePoint {
        var text: TextResumePoint
        var nextRow: Int
        var newline: CSVDialect.Newline
        var charsets: CSVDialect.FieldCharsets
        var header: [String]?
        /// Of the row by which the layout was chosen.
        var fieldCount: Int

        package var offset: Int { text.file }
    }

    /// `charset`: what the file is decoded from; nil: it is UTF-8, or each column has its own. `point`: where an
    /// earlier reader was; `source` gives what lies after it.
    package init(
        _ source: PeekedSource, charset: Charset? = nil, table: TableName, dialect: CSVDialect, setup: ReaderSetup,
        at point: ResumePoint? = nil,
        layout: @escaping LayoutChoice
    ) throws {
        buffer = try RecordBuffer(source, charset: charset, pool: setup.pool, limit: setup.recordLimit, at: point?.text)
        self.setup = setup
        self.table = table
        self.dialect = dialect
        counter = RecordCounter(setup)
        isSniffed = dialect.newline == .sniffed
        chooseLayout = layout
        marks = setup.marks.take()
        if dialect.fieldMultibytes.contains(where: { $0 != 0 }) {
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: dialect.fieldMultibytes.count)
            _ = unsafe copy.initialize(from: dialect.fieldMultibytes)
            unsafe multibytes = unsafe copy
        }
        if let point { try resume(at: point) }
    }

    deinit {
        unsafe multibytes?.deallocate()
        setup.marks.giveBack(marks)
    }

    /// The layout that was chosen; nil before the first row.
    package var chosenLayout: RowLayout? { layout }

    private func resume(at point: ResumePoint) throws {
        isStarted = true
        nextRow = point.nextRow
        dialect.newline = point.newline
        use(point.charsets)
        header = point.header
        fieldCount = point.fieldCount
        guard (0 ... setup.columnLimit).contains(point.fieldCount), point.nextRow > 0 else { throw RecordDamaged() }
        layout = try chooseLayout(header, fieldCount, dialect)
    }

    package var resumePoint: ResumePoint? {
        guard isStarted, !isOver, layout != nil, let fieldCount, marks.isEmpty, let text = buffer.resumePoint else {
            return nil
        }
        return ResumePoint(
            text: text, nextRow: nextRow, newline: dialect.newline, charsets: dialect.charsets, header: header,
            fieldCount: fieldCount)
    }

    package func next() throws -> RowEvent? {
        if !isStarted { try start() }
        while !isOver {
            try buffer.ready()
            if let rows = countedRows() { return .rows(.unmade(rows)) }
            mark()
            isOver = unsafe marks.kernel.status == BK_MARK_END
            if !marks.isEmpty { return .rows(.marked(try batch())) }
            switch unsafe marks.kernel.status {
            case BK_MARK_END: break
            case BK_MARK_FULL: marks.grow()
            case BK_MARK_FAULT: return .fault(try stepOverFault(), table)
            default:
                if buffer.isAtEnd { return try end() }
                do { try buffer.fill() } catch let long as RecordTooLong { return .fault(try stepOver(long), table) }
            }
        }
        return try end()
    }

    private func end() throws -> RowEvent? {
        if layout == nil { layout = try chooseLayout(header, nil, dialect) }
        return nil
    }

    private func mark() {
        unsafe mark(buffer.kernelBytes, from: buffer.slab.start, to: buffer.slab.end, isWhole: buffer.isAtEnd)
    }

    func mark(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, isWhole: Bool) {
        marks.clear()
        unsafe marks.mark { kernel in
            var csv = unsafe dialect.kernel
            unsafe csv.multibyte = unsafe multibytes.map { unsafe UnsafePointer($0.baseAddress!) }
            unsafe csv.multibyte_count = unsafe multibytes?.count ?? 0
            unsafe bk_mark_csv(bytes, start, end, isWhole ? 1 : 0, &csv, kernel)
        }
    }

    // MARK: The beginning: line end, byte order mark, header

    /// What is looked at to decide line ends, if a record ends in it.
    static let headLength = 64 * 1024

    private func start() throws {
        isStarted = true
        if dialect.charsets == .sniffed { use(unsafe sniffedCharsets(try buffer.peek(Self.headLength))) }
        dialect.newline = try newline()
        while buffer.slab.count < 3 && !buffer.isAtEnd { try buffer.fill() }
        if unsafe buffer.slab.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.advance(to: buffer.slab.start + 3) }
        header = dialect.hasHeader ? try readHeader() : nil
    }

    /// As many of the first bytes as it takes for a record to end, whatever the slabs are.
    private func newline() throws -> CSVDialect.Newline {
        let ends = LineEnds(dialect, marks: marks)
        var wanted = Self.headLength, head = try unsafe buffer.peek(wanted)
        while true {
            switch unsafe ends.decide(.init(rebasing: head.prefix(wanted)), isWhole: head.count < wanted) {
            case .newline(let newline): return newline
            case .ambiguous: throw LineEnds.Ambiguous(offset: 0)
            case .unknown: wanted *= 4
            }
            do {
                while buffer.slab.count < wanted && !buffer.isAtEnd { try buffer.fill() }
            } catch is RecordTooLong {
                return isSniffed ? .lf : .lfOrCRLF
            }
            unsafe head = unsafe buffer.slab.bytes
        }
    }

    /// In a file of CR LF a line feed alone may be data. Where there are several fields, their number decides; where
    /// there is one, nothing does.
    private var showsLineEnds: Bool { isSniffed && dialect.newline == .lfOrCRLF && fieldCount == 1 }

    private func checkLineEnds() throws {
        guard showsLineEnds else { return }
        for index in unsafe marks.rows.indices {
            let row = unsafe marks.rows[index]
            guard row.end < buffer.slab.end else { continue }
            if unsafe buffer.bytes[Int(row.end)] == 0x0A {
                throw LineEnds.Ambiguous(offset: buffer.slabOffset + Int(row.end))
            }
        }
    }

    private func readHeader() throws -> [String]? {
        guard try markFirst() else { return nil }
        let row = unsafe marks.rows[0]
        let record = unsafe UnsafeRawBufferPointer(rebasing: buffer.bytes[Int(row.start) ..< Int(row.end)])
        let names = unsafe HeaderLine.names(record, delimiter: dialect.delimiter, quote: dialect.quote)
        // Only the first record is taken: the rest is marked again.
        let second = unsafe marks.rows.count > 1 ? Int(marks.rows[1].start) : Int(marks.kernel.consumed)
        buffer.advance(to: second)
        return names
    }

    /// Marks until there is a first record; false where there is none.
    private func markFirst() throws -> Bool {
        while true {
            mark()
            if !marks.isEmpty { return true }
            if unsafe marks.kernel.status == BK_MARK_FULL {
                marks.grow()
                continue
            }
            if unsafe marks.kernel.status != BK_MARK_MORE || buffer.isAtEnd { return false }
            do { try buffer.fill() } catch is RecordTooLong { return false }
        }
    }

    // MARK: Rows

    /// The records of the slab, for a worker to mark; nil where they have to be marked here.
    private func countedRows() -> CountedRows? {
        guard let layout, unsafe multibytes == nil, !showsLineEnds, let count = counter.count(buffer, dialect, marks)
        else { return nil }
        buffer.advance(to: count.end)
        let (slab, offset) = buffer.detach()
        let rows = CountedRows(
            layout: layout, setup: setup, dialect: dialect, slab: RowSlab(slab, offset: offset, pool: setup.pool),
            range: count.range, rowCount: count.rows, firstRowNumber: nextRow)
        nextRow += count.rows
        return rows
    }

    private func batch() throws -> RowBatch {
        if fieldCount == nil { fieldCount = marks.fieldRange(ofRow: 0).count }
        let layout = try self.layout ?? chooseLayout(header, fieldCount, dialect)
        self.layout = layout
        try checkLineEnds()
        unsafe buffer.advance(to: Int(marks.kernel.consumed))
        marks.arrangeFields(layout)
        let (slab, offset) = buffer.detach()
        let batch = RowBatch(
            layout: layout, origin: setup.origin, firstRowNumber: nextRow,
            slab: RowSlab(slab, offset: offset, pool: setup.pool), marks: marks, setup: setup)
        nextRow += batch.rowCount
        marks = setup.marks.take()
        return batch
    }

    // MARK: Faults

    private func stepOverFault() throws -> RowFault {
        let kernel = unsafe marks.kernel
        let start = buffer.slab.start, at = unsafe Int(kernel.fault_at)
        // A record that cannot be read ends with its line: after the fault, or, where a quote never closes, the line
        // it opens in.
        var end = max(at, start)
        while true {
            while unsafe end < buffer.slab.end && !isLineEnd(buffer.bytes[end]) { end += 1 }
            if end < buffer.slab.end || buffer.isAtEnd { break }
            let seen = end - buffer.slab.start
            try buffer.fill()
            end = buffer.slab.start + seen
        }
        return unsafe reject(RowFault.Code(kernel.fault), at: buffer.slab.start + at - start, recordEnd: end)
    }

    private func stepOver(_ long: RecordTooLong) throws -> RowFault {
        let start = buffer.slab.start
        let end = unsafe buffer.bytes[start...].firstIndex(where: isLineEnd) ?? buffer.slab.end
        guard end < buffer.slab.end else { throw long }
        return reject(.unclosedQuote, at: start, recordEnd: end)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == (dialect.newline == .cr ? 0x0D : 0x0A) }

    private func reject(_ code: RowFault.Code, at position: Int, recordEnd end: Int) -> RowFault {
        let record = unsafe [UInt8](buffer.bytes[buffer.slab.start ..< end])
        let fault = RowFault(
            code: code, row: nextRow, offset: buffer.slabOffset + position, column: nil, detail: "", record: record)
        nextRow += 1
        buffer.advance(to: min(end + 1, buffer.slab.end))
        return fault
    }
}

extension Marks {
    /// A table without columns has an empty line for each row, not one empty field.
    func arrangeFields(_ layout: RowLayout) {
        if layout.columns.isEmpty { dropFieldsOfEmptyRecords() }
        if let order = layout.fieldOrder { reorderFields(order) }
    }
}
