import BackupRows
import CBackupKernels

/// What all batches of a file need to put lines together from pieces: keys, and the pieces of rows without a value.
@safe final class PiecePlan: Sendable {
    struct Column: Sendable {
        /// What its values become; nil: more than is plain to see.
        let value: RowLayout.PieceValue?
        /// Where its piece of a row without a value lies.
        let null: Range<Int>
    }

    let columns: [Column]
    private let nulls: Block
    let layout: RowLayout

    init(_ layout: RowLayout) {
        self.layout = layout
        var columns: [Column] = [], nulls: [UInt8] = []
        for index in layout.columns.indices {
            let start = nulls.count
            if layout.writesNulls {
                nulls += unsafe layout.pieceKey(ofColumn: index).dropLast()
                nulls += Array("null".utf8)
            }
            columns.append(Column(value: layout.pieceValue(ofColumn: index), null: start ..< nulls.count))
        }
        self.columns = columns
        self.nulls = Block(nulls.count)
        unsafe self.nulls.room.copyBytes(from: nulls)
    }

    /// The column as the kernel has it, without values.
    func kernel(_ index: Int, full: UInt8) -> bk_piece_column {
        let key = unsafe layout.pieceKey(ofColumn: index), null = columns[index].null
        var column = unsafe bk_piece_column()
        unsafe (column.key, column.key_length) = unsafe (key.baseAddress, UInt32(key.count - 1))
        unsafe column.null = unsafe UnsafePointer(nulls.base + null.lowerBound)
        unsafe column.null_length = UInt32(null.count)
        unsafe column.full = full
        return unsafe column
    }
}
