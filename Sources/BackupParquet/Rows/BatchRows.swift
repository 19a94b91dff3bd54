import BackupBytes
import BackupRows
import CBackupKernels

/// A batch that is being written, a column at a time.
///
///     slab     …  7 8 12 …  Ann·Bob·Zoë·  …       column by column
///     marks    row by row: 7, Ann | 8, Bob | 12, Zoë
///
/// Where a column has a text so long that the batch is full, its rows end there, and the columns after it have no more;
/// what those before it have written of later rows is carried into the next batch.
@safe final class BatchRows {
    let text: TextSlab
    let marks: Marks
    let columnCount: Int
    /// Row by row.
    private let fields: UnsafeMutablePointer<bk_field>
    /// Rows that each column may still write.
    private(set) var rowCount: Int
    private let lengths: UnsafeMutablePointer<UInt32>
    private let capacity: Int
    /// Bytes of values whose length is theirs to say.
    private var weight = 0
    private let limit: Int
    /// U+FFFD written for bytes that are not text.
    var replaced = 0
    /// All text is UTF-8.
    private(set) var isUTF8 = true

    init(columns: Int, rows: Int, setup: ReaderSetup, limit: Int) {
        columnCount = columns
        rowCount = rows
        capacity = rows
        self.limit = limit
        text = TextSlab(setup.pool.take(), of: setup.pool)
        marks = setup.marks.take()
        marks.makeRoom(fields: columns * rows)
        unsafe fields = unsafe marks.kernel.fields
        unsafe lengths = .allocate(capacity: max(1, rows))
        unsafe lengths.initialize(repeating: 0, count: rows)
    }

    deinit { unsafe lengths.deallocate() }

    /// The value of a column in a row.
    @inline(__always)
    func put(_ field: bk_field, _ column: Int, _ row: Int) {
        unsafe fields[row * columnCount + column] = field
        let length = field.end & UInt32(BK_OFFSET) &- field.start & UInt32(BK_OFFSET)
        unsafe lengths[row] &+= field.end == 0 ? 0 : length
    }

    func field(_ column: Int, _ row: Int) -> bk_field { unsafe fields[row * columnCount + column] }

    /// Writes texts of a column, which no byte of is special to JSON, into rows from `row` on: `text` writes one of at
    /// most `room` bytes and returns how many it wrote.
    @inline(__always)
    func putTexts(
        _ count: Int, _ column: Int, _ row: Int, room: Int, kind: bk_kind,
        _ body: (_ index: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int
    ) throws(ParquetError) {
        try text.reserve(count * room)
        let base = unsafe text.base, flags = kind == BK_JSON ? 0 : BK_CLEAN.rawValue, stride = columnCount
        let lengths = unsafe self.lengths + row
        var field = unsafe fields + row * stride + column, at = text.end
        let start = at
        for index in 0 ..< count {  // hot loop
            let length = unsafe body(index, base + at)
            unsafe field.pointee = bk_field(
                start: UInt32(truncatingIfNeeded: at) | kind.rawValue,
                end: UInt32(truncatingIfNeeded: at + length) | flags)
            unsafe lengths[index] &+= UInt32(truncatingIfNeeded: length)
            at += length
            unsafe field += stride
        }
        text.commit(at - start)
    }

    /// A value weighs so many bytes; false: the batch ends with its row.
    @inline(__always)
    func weigh(_ count: Int, _ row: Int) -> Bool {
        weight += count
        if weight <= limit { return true }
        rowCount = row + 1
        return false
    }

    /// What was written from `start` on is text, each value apart from the next by a byte that is none of its own.
    func checkText(from start: Int) {
        let count = text.end - start
        isUTF8 = unsafe isUTF8 && bk_utf8_valid_prefix(text.base + start, count) == count
    }

    /// So many rows are whole; marks them. Their lengths are those of their values, which lie apart.
    func end() throws(ParquetError) {
        for row in 0 ..< rowCount {
            let length = unsafe lengths[row]
            guard length <= UInt32(TextSlab.limit) else {
                throw ParquetError(.overLimit, "the values of a row are longer than \(TextSlab.limit) bytes")
            }
            unsafe marks.kernel.rows[row] = bk_row(first: UInt32(row * columnCount), start: 0, end: length)
        }
        marks.setCounts(fields: rowCount * columnCount, rows: rowCount)
        text.slab.end = text.end
    }
}
