import BackupBytes
import BackupRows
import CBackupKernels

/// A batch that is being written, a column at a time.
///
///     slab     …  7 8 12 …  Ann·Bob·Zoë·  …       column by column
///     marks    row by row: 7, Ann | 8, Bob | 12, Zoë
@safe final class BatchRows {
    let text: TextSlab
    let marks: Marks
    let columnCount: Int
    let rowCount: Int
    /// Row by row.
    private let fields: UnsafeMutablePointer<bk_field>
    /// U+FFFD written for bytes that are not text.
    var replaced = 0
    /// All text is UTF-8.
    private(set) var isUTF8 = true

    init(columns: Int, rows: Int, marks pool: MarksPool, slabs: SlabPool) {
        columnCount = columns
        rowCount = rows
        text = TextSlab(slabs.take(), of: slabs)
        marks = pool.take()
        marks.makeRoom(fields: columns * rows)
        unsafe fields = unsafe marks.kernel.fields
    }

    /// The value of a column in a row.
    @inline(__always)
    func put(_ field: bk_field, _ column: Int, _ row: Int) { unsafe fields[row * columnCount + column] = field }

    func putNulls(_ rows: Range<Int>, _ column: Int) {
        var field = unsafe fields + rows.lowerBound * columnCount + column
        for _ in rows {  // hot loop
            unsafe field.pointee = TextSlab.null
            unsafe field += columnCount
        }
    }

    /// Writes texts of a column, which no byte of is special to JSON, into rows from `row` on: `body` writes one of at
    /// most `room` bytes and returns how many it wrote.
    @inline(__always)
    func putTexts(
        _ count: Int, _ column: Int, _ row: Int, room: Int, kind: bk_kind = BK_QUOTED,
        _ body: (_ index: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int
    ) throws(ParquetError) {
        try text.reserve(count * room)
        let base = unsafe text.base, flags = kind == BK_JSON ? 0 : BK_CLEAN.rawValue, stride = columnCount
        var field = unsafe fields + row * stride + column, at = text.end
        let start = at
        for index in 0 ..< count {  // hot loop
            let length = unsafe body(index, base + at)
            unsafe field.pointee = bk_field(
                start: UInt32(truncatingIfNeeded: at) | kind.rawValue,
                end: UInt32(truncatingIfNeeded: at + length) | flags)
            at += length
            unsafe field += stride
        }
        text.commit(at - start)
    }

    /// Writes values as they are, a line feed after each.
    func putBytes(
        _ spans: UnsafePointer<ByteSpan>, _ count: Int, of bytes: UnsafePointer<UInt8>, size: Int, _ column: Int,
        _ row: Int
    ) throws(ParquetError) {
        try text.reserve(size + count)
        let base = unsafe text.base, stride = columnCount
        var field = unsafe fields + row * stride + column, at = text.end
        let start = at
        for index in 0 ..< count {  // hot loop
            let span = unsafe spans[index], length = Int(span.count)
            let isClean = unsafe CleanText.copy(bytes + Int(span.start), base + at, length)
            unsafe field.pointee = bk_field(
                start: UInt32(truncatingIfNeeded: at) | BK_QUOTED.rawValue,
                end: UInt32(truncatingIfNeeded: at + length) | (isClean ? BK_CLEAN.rawValue : 0))
            unsafe base[at + length] = 0x0A
            at += length + 1
            unsafe field += stride
        }
        text.commit(at - start)
    }

    /// Writes texts of a dictionary.
    func putTexts(
        _ indexes: UnsafePointer<UInt32>, _ count: Int, of texts: DictionaryTexts, _ column: Int, _ row: Int
    ) throws(ParquetError) {
        let known = unsafe texts.fields, stride = columnCount
        var field = unsafe fields + row * stride + column
        if texts.isSmall && count >= texts.count {
            let shift = UInt32(truncatingIfNeeded: text.end)
            try unsafe text.append(ValueBytes(texts.bytes.base, texts.bytes.count))
            for index in 0 ..< count {  // hot loop
                let one = unsafe known[Int(indexes[index])]
                unsafe field.pointee = bk_field(start: one.start &+ shift, end: one.end &+ shift)
                unsafe field += stride
            }
            return
        }
        var size = count
        for index in 0 ..< count { size += unsafe texts.length(Int(indexes[index])) }  // hot loop
        try text.reserve(size)
        let base = unsafe UnsafeMutableRawPointer(text.base), offset = UInt32(BK_OFFSET)
        let bytes = unsafe UnsafeRawPointer(texts.bytes.base)
        var at = text.end
        let start = at
        for index in 0 ..< count {  // hot loop
            let one = unsafe known[Int(indexes[index])], from = Int(one.start & offset)
            let length = Int(one.end & offset) - from
            // The slab has room for that beyond its end, and the block for reading it.
            unsafe base.storeBytes(
                of: bytes.loadUnaligned(fromByteOffset: from, as: SIMD16<UInt8>.self), toByteOffset: at,
                as: SIMD16<UInt8>.self)
            if length > 16 { unsafe (base + at + 16).copyMemory(from: bytes + from + 16, byteCount: length - 16) }
            unsafe base.storeBytes(of: 0x0A, toByteOffset: at + length, as: UInt8.self)
            let shift = UInt32(truncatingIfNeeded: at - from)
            unsafe field.pointee = bk_field(start: one.start &+ shift, end: one.end &+ shift)
            at += length + 1
            unsafe field += stride
        }
        text.commit(at - start)
    }

    /// What was written from `start` on is text, each value apart from the next by a byte that is none of its own.
    func checkText(from start: Int) {
        let count = text.end - start
        isUTF8 = unsafe isUTF8 && bk_utf8_valid_prefix(text.base + start, count) == count
    }

    /// All is written; marks the rows. Their lengths are those of their values, which lie apart.
    func end() throws(ParquetError) {
        let offset = UInt32(BK_OFFSET)
        for row in 0 ..< rowCount {
            var length = 0
            let first = unsafe fields + row * columnCount
            for column in 0 ..< columnCount {  // hot loop
                length += unsafe Int(first[column].end & offset) - Int(first[column].start & offset)
            }
            guard length <= TextSlab.limit else {
                throw ParquetError(.overLimit, "the values of a row are longer than \(TextSlab.limit) bytes")
            }
            unsafe marks.kernel.rows[row] = bk_row(
                first: UInt32(row * columnCount), start: 0, end: UInt32(truncatingIfNeeded: length))
        }
        marks.setCounts(fields: rowCount * columnCount, rows: rowCount)
        text.slab.end = text.end
    }
}
