import BackupBytes
import CBackupKernels

/// The narrow waist: whole rows of one table, marked but not yet turned into anything. Every input format yields row
/// batches, every output consumes them.
///
///     slab     1,"Ann",\N⏎2,"Bob",7⏎
///     fields   [0,1) [3,6) [8,10)  [11,12) [14,17) [19,20)
///     rows     first 0, record [0,10)    first 3, record [11,20)
///
/// Nothing changes it once it is made: it can be read any number of times, by several threads at once, with the same
/// result. What prepares values puts an `Overlay` of other marks and bytes over it. Its memory goes back to the
/// pools of its reader when the last reference to it goes.
package final class RowBatch: Sendable {
    package let layout: RowLayout
    /// Where the rows come from: an entry of the archive, or a file.
    package let origin: String
    /// Number of the first row in its entry, from 1.
    package let firstRowNumber: Int
    private let slab: RowSlab
    private let marks: Marks
    /// Of a binary format: its values lie column by column, and no row has a record of its own.
    let columnar: Columnar?
    /// Bytes that the reader made; fields marked BK_ARENA point into it.
    let arena: Arena?
    private let marksPool: MarksPool
    /// How many rows there are.
    package let rowCount: Int

    /// What a binary format says of its texts.
    package struct Columnar: Sendable {
        /// All its texts are UTF-8; bytes of other columns may be anything.
        var isUTF8: Bool
        /// U+FFFD written for bytes that are not text.
        var replaced: Int

        package init(isUTF8: Bool, replaced: Int = 0) { (self.isUTF8, self.replaced) = (isUTF8, replaced) }
    }

    /// Takes the marks, which nobody may change any more. `setup`: whose pool they go back to.
    package init(
        layout: RowLayout, origin: String, firstRowNumber: Int, slab: RowSlab, marks: Marks, arena: Arena? = nil,
        columnar: Columnar? = nil, setup: ReaderSetup
    ) {
        self.layout = layout
        self.origin = origin
        self.firstRowNumber = firstRowNumber
        self.slab = slab
        self.marks = marks
        self.arena = arena
        self.columnar = columnar
        marksPool = setup.marks
        rowCount = unsafe marks.rows.count
    }

    deinit { marksPool.giveBack(marks) }

    /// Offset in the entry, uncompressed, of the slab's first byte.
    package var slabOffset: Int { slab.offset }

    /// The table and columns of the rows.
    package var table: TableName { layout.table }
    package var columns: [Column] { layout.columns }
    var fields: UnsafeBufferPointer<bk_field> { unsafe .init(marks.fields) }
    var rows: UnsafeBufferPointer<bk_row> { unsafe .init(marks.rows) }
    /// The fields of one row.
    func fieldRange(ofRow row: Int) -> Range<Int> { marks.fieldRange(ofRow: row) }

    var inputBase: UnsafePointer<UInt8> { unsafe slab.base }
    /// No value is longer.
    var longestValue: Int { max(slab.slab.capacity, arena?.count ?? 0) }

    /// Whether all text of its records, as it stands in the input, is UTF-8.
    var isUTF8: Bool {
        if let columnar { return columnar.isUTF8 }
        return unsafe slab.isUTF8(from: Int(rows.first?.start ?? 0), to: Int(rows.last?.end ?? 0))
    }

    /// The kernels' view of its first rows, up to `past`.
    func kernel(isUTF8: Bool, upTo past: Int) -> bk_batch {
        let fieldCount = unsafe past < rowCount ? Int(rows[past].first) : fields.count
        return unsafe bk_batch(
            in: inputBase, arena: arena?.base, fields: fields.baseAddress, rows: rows.baseAddress,
            field_count: fieldCount, row_count: past, is_utf8: isUTF8 ? 1 : 0)
    }

    /// The row's record as it stands in the export; of a binary format its values, apart by tabs.
    func record(_ row: Int) -> [UInt8] {
        guard columnar != nil else {
            let mark = unsafe rows[row]
            return unsafe Array(
                UnsafeRawBufferPointer(start: inputBase + Int(mark.start), count: Int(mark.end - mark.start)))
        }
        var record: [UInt8] = []
        for (number, index) in fieldRange(ofRow: row).enumerated() {
            if number > 0 { record.append(0x09) }
            let field = unsafe fields[index]
            guard field.start & ~UInt32(BK_OFFSET) != BK_NULL.rawValue else { continue }
            let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
            unsafe record.append(contentsOf: UnsafeBufferPointer(start: inputBase + start, count: end - start))
        }
        return record
    }
}
