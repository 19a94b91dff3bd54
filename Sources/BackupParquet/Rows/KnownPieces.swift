import BackupBytes
import BackupRows
import CBackupKernels

/// The pieces of lines that the values of a dictionary become, each made once: by the same kernels as all other lines.
///
///     dictionary   A · N        pieces   ,"flag":"A" · ,"flag":"N"
@safe final class KnownPieces: Sendable {
    let bytes: Block
    private let memory: Block
    let longest: Int

    /// nil: one of them is at fault, or is counted where it is written.
    init?(
        _ fields: UnsafePointer<bk_field>, _ count: Int, _ text: Block, _ rows: ParquetRows, _ column: Int,
        _ emitter: Emitter
    ) {
        let slab = Slab(capacity: TextSlab.front + text.count), marks = Marks(rows: count, fields: count)
        unsafe slab.base.initializeMemory(as: UInt8.self, repeating: 0, count: TextSlab.front)
        unsafe (slab.base + TextSlab.front).copyMemory(from: text.base, byteCount: text.count)
        slab.end = TextSlab.front + text.count
        for index in 0 ..< count {
            let field = unsafe fields[index]
            let moved = bk_field(start: field.start + UInt32(TextSlab.front), end: field.end + UInt32(TextSlab.front))
            unsafe marks.kernel.fields[index] = moved
            unsafe marks.kernel.rows[index] = bk_row(first: UInt32(index), start: 0, end: 0)
        }
        marks.setCounts(fields: count, rows: count)
        let batch = RowBatch(
            layout: rows.layout.piece(ofColumn: column), origin: rows.setup.origin, firstRowNumber: 1,
            slab: RowSlab(slab, offset: 0, pool: rows.slabs), marks: marks,
            columnar: .init(isUTF8: unsafe bk_utf8_valid_prefix(text.base, text.count) == text.count),
            setup: rows.setup)
        let emitted = emitter.emit(batch)
        defer { for chunk in emitted.chunks { emitter.giveBack(chunk.slab) } }
        guard emitted.rows == count, emitted.isPlain else { return nil }
        // `{"flag":"A"}⏎`: the brace becomes the comma of the key.
        let total = emitted.bytes - 2 * count
        (bytes, memory) = (
            Block(total, of: text.pool), Block(count * MemoryLayout<bk_piece>.size, of: text.pool)
        )
        let pieces = unsafe UnsafeMutableRawPointer(memory.base).assumingMemoryBound(to: bk_piece.self)
        var at = 0, index = 0, longest = 0
        for chunk in emitted.chunks {
            let lines = unsafe chunk.slab.bytes
            var start = 0
            while start < lines.count {
                guard let end = unsafe lines[start...].firstIndex(of: 0x0A), index < count else { return nil }
                let length = end - 1 - start
                let piece = unsafe UnsafeRawBufferPointer(rebasing: lines[start ..< start + length])
                unsafe UnsafeMutableRawPointer(bytes.base + at).copyMemory(
                    from: piece.baseAddress ?? UnsafeRawPointer(bytes.base), byteCount: length)
                unsafe bytes.base[at] = UInt8(ascii: ",")
                unsafe pieces[index] = bk_piece(start: UInt32(at), length: UInt32(length))
                (at, index, longest) = (at + length, index + 1, max(longest, length))
                start = end + 1
            }
        }
        guard index == count else { return nil }
        self.longest = longest
    }

    var pieces: UnsafePointer<bk_piece> { unsafe UnsafeRawPointer(memory.base).assumingMemoryBound(to: bk_piece.self) }
}
