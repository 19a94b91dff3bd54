import BackupBytes
import CBackupKernels

/// Lines that are put together from pieces of columns: see bk_pieces.h.
@safe package final class PieceLines {
    /// One for each column; who writes the rows says what their values are, and from which row on.
    package let columns: UnsafeMutableBufferPointer<bk_piece_column>
    /// What a line has at the most, beside texts.
    package var room = 0
    private let layout: RowLayout
    private let pool: SlabPool
    private var chunk: Slab
    private var chunkRows = 0
    private var result = EmittedRows()

    /// Bytes of a line beside its pieces, and what is written past it.
    private static let margin = 64

    init(_ layout: RowLayout, pool: SlabPool) {
        (self.layout, self.pool) = (layout, pool)
        chunk = pool.take()
        unsafe columns = .allocate(capacity: layout.columns.count)
        unsafe columns.initialize(repeating: bk_piece_column())
    }

    deinit { unsafe columns.deallocate() }

    /// Writes the next rows; false where one of them has a value that cannot be written so.
    package func put(rows: Int) -> Bool {
        let prefix = unsafe layout.piecePrefix
        var left = rows
        while left > 0 {
            let room = unsafe chunk.room
            var pieces = unsafe bk_pieces()
            unsafe (pieces.columns, pieces.column_count) = unsafe (columns.baseAddress, columns.count)
            unsafe (pieces.prefix, pieces.prefix_length) = unsafe (prefix.baseAddress, prefix.count)
            unsafe pieces.room = self.room + prefix.count + Self.margin
            unsafe pieces.out = unsafe room.baseAddress?.assumingMemoryBound(to: UInt8.self)
            unsafe pieces.capacity = unsafe room.count
            let done = unsafe bk_put_pieces(&pieces, left)
            chunk.end += unsafe pieces.length
            result.bytes += unsafe pieces.length
            chunkRows += done
            left -= done
            switch unsafe pieces.status {
            case BK_PIECES_OTHER: return false
            case BK_PIECES_FULL:
                let larger = chunk.count > 0 ? 0 : max(unsafe pieces.needed, chunk.capacity * 2)
                endChunk()
                chunk = pool.take(atLeast: larger)
            default: break
            }
            passLevels(done)
        }
        return true
    }

    /// Levels are those of the next row.
    private func passLevels(_ rows: Int) {
        for index in unsafe columns.indices { unsafe columns[index].levels? += rows }
    }

    private func endChunk() {
        result.rows += chunkRows
        if chunk.count > 0 {
            result.chunks.append(.init(slab: chunk, rows: chunkRows))
        } else {
            pool.giveBack(chunk)
        }
        chunkRows = 0
    }

    /// The lines.
    package func end() -> EmittedRows {
        endChunk()
        return result
    }

    /// Lets go of what was written.
    package func abandon() {
        for chunk in result.chunks { pool.giveBack(chunk.slab) }
        pool.giveBack(chunk)
    }
}

extension Emitter {
    /// Lines of rows of this layout, without any so far.
    package func pieceLines(_ layout: RowLayout) -> PieceLines { PieceLines(layout, pool: pool) }

    /// A chunk of lines that nobody reads any more.
    package func giveBack(_ chunk: Slab) { pool.giveBack(chunk) }
}
