import BackupBytes
import CBackupKernels
import CCharsetTables

/// What a batch's values are once they are prepared: marks and bytes over a batch that stays as it is.
///
///     batch      1 | Zoë (latin1) | { "a": 1 }
///     overlay    1 |      ↓       |     ↓          arena   Zoë (UTF-8) {"a":1}
///
/// Prepared are the columns whose values need more than a kernel does (other charsets, embedded JSON, arrays, bits),
/// a column at a time. One for each thread, used for one batch after another.
@safe final class Overlay {
    /// What was met while values were prepared.
    struct Counts {
        /// Values of JSON columns that are not JSON (or have a key twice).
        var plainJSON = 0
        /// JSON's own `null`, by column: on a line it looks like SQL's.
        var jsonNulls: [Int: Int] = [:]
        /// NULLs of MariaDB's BIT that may be values, by column.
        var bitNulls: [Int: Int] = [:]
        /// U+FFFD written for bytes that are not text.
        var replaced = 0
    }

    /// A value that could not be prepared; the kernel stops at its row.
    struct Fault {
        var code: RowFault.Code
        var column: Int
        /// Of the first byte that is no text, in the slab; escapes before it in the value shift it by a little.
        var offset: Int
    }

    /// What is prepared is written into lines, and not decoded to values.
    let writesLines: Bool
    private(set) var arena = Arena()
    let scratch = Scratch(capacity: Slab.usualCapacity)
    /// Where keys of JSON's objects are distinguished.
    let keys = JSONKeys()
    var counts = Counts()
    /// Whether all text of the batch is known to be UTF-8.
    private(set) var inputIsUTF8 = false
    /// By row.
    private(set) var faults: [Int: Fault] = [:]
    /// The batch's marks, with those of prepared values in their place.
    private(set) var fields: UnsafeMutableBufferPointer<bk_field> = unsafe .init(start: nil, count: 0)
    private var columns: [ColumnPreparation] = []
    /// Whether all text of the prepared rows is known to be UTF-8, as it now stands.
    private var isUTF8 = false
    /// Whose columns those are.
    private var layout: RowLayout?

    init(writesLines: Bool) { self.writesLines = writesLines }

    deinit { unsafe fields.deallocate() }

    /// Prepares the rows from `first` on, as many as the arena holds; returns the row after them. `isUTF8`: all text of
    /// the batch is known to be.
    func prepare(_ batch: RowBatch, from first: Int, isUTF8: Bool) -> Int {
        inputIsUTF8 = isUTF8
        scratch.reserve(batch.longestValue)
        use(batch.layout)
        (faults, self.isUTF8) = ([:], false)
        guard let column = columns.first?.column else { return batch.rowCount }
        let before = counts
        var past = batch.rowCount
        while true {
            do {
                try prepare(batch, first ..< past)
                return past
            } catch {
                (faults, counts) = ([:], before)
                if past - first > 1 {
                    past = first + (past - first) / 2
                } else {
                    // One row alone has more than an arena holds.
                    let offset = unsafe Int(batch.rows[first].start)
                    put(Fault(code: .tooLong, column: column, offset: offset), batch, first)
                    return past
                }
            }
        }
    }

    /// The kernels' view of the batch up to row `past`, prepared values in their place. It holds until the next value
    /// is prepared. `isUTF8`: whether all text of the input is.
    func kernel(_ batch: RowBatch, isUTF8: Bool, upTo past: Int) -> bk_batch {
        var kernel = unsafe batch.kernel(isUTF8: isUTF8 || self.isUTF8, upTo: past)
        if !columns.isEmpty {
            unsafe kernel.fields = unsafe UnsafePointer(fields.baseAddress)
            unsafe kernel.arena = unsafe UnsafePointer(arena.base)
        }
        return unsafe kernel
    }

    /// A field as it is prepared.
    func field(_ batch: RowBatch, at index: Int) -> bk_field {
        unsafe columns.isEmpty ? batch.fields[index] : fields[index]
    }

    /// The arena, which from now on is another's: it holds what is prepared, and what the batch's own holds.
    func takeArena(_ batch: RowBatch) -> Arena {
        if columns.isEmpty { arena.begin(with: batch.arena) }
        defer { arena = Arena() }
        return arena
    }

    /// The value at `index` is what stands there now.
    func replace(_ index: Int, by field: bk_field) { unsafe fields[index] = field }

    /// The value of this column in this row cannot be prepared.
    func put(_ fault: Fault, _ batch: RowBatch, _ row: Int) {
        // The first one by column is what the kernel stops at.
        if faults[row].map({ fault.column < $0.column }) ?? true { faults[row] = fault }
        // Half a byte in hexadecimal: no rule has a value for it.
        let index = batch.fieldRange(ofRow: row).lowerBound + fault.column, start = unsafe batch.rows[row].start
        unsafe fields[index] = bk_field(start: start | BK_HEX.rawValue, end: start + 1)
    }

    private func use(_ layout: RowLayout) {
        if self.layout === layout { return }
        self.layout = layout
        columns = layout.prepared.map { ColumnPreparation($0.index, $0.preparation, of: layout) }
    }

    private func prepare(_ batch: RowBatch, _ rows: Range<Int>) throws {
        if unsafe fields.count < batch.fields.count {
            unsafe fields.deallocate()
            unsafe fields = .allocate(capacity: max(batch.fields.count, Marks.usualFieldCapacity))
        }
        _ = unsafe fields.update(from: batch.fields)
        arena.begin(with: batch.arena)
        if let texts = batch.layout.texts { isUTF8 = try prepare(batch, rows, texts) }
        for column in columns where batch.layout.texts?.decodes(column.column) != true {
            try column.prepare(batch, rows, into: self)
        }
    }

    /// Decodes all columns of text in one pass; returns whether all of it now is UTF-8.
    private func prepare(_ batch: RowBatch, _ rows: Range<Int>, _ texts: TextColumns) throws -> Bool {
        var kernel = unsafe batch.kernel(isUTF8: false, upTo: batch.rowCount)
        var plan = unsafe batch.layout.plan.kernel, made = bk_text_made()
        (made.row, made.is_utf8) = (rows.lowerBound, 1)
        while true {
            made.used = arena.count
            made = unsafe bk_make_text(
                &kernel, &plan, texts.kernel.baseAddress, texts.kernel.count, made, rows.upperBound,
                fields.baseAddress, arena.base, arena.capacity, scratch.base)
            arena.commit(made.used - arena.count)
            switch made.status {
            case BK_TEXT_DONE: return made.is_utf8 != 0
            case BK_TEXT_FULL: try arena.reserve(made.needed)
            default:
                let column = unsafe Int(texts.kernel[made.place - 1].column)
                try columns.first { $0.column == column }?.prepare(batch, made.row ..< made.row + 1, into: self)
            }
        }
    }
}
