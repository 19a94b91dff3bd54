import BackupBytes
import BackupRows

/// Rows of one table as they lie in the log: the worker that has the batch decodes their values and writes the lines.
///
///     reader    events, transactions, commits ─▶ where rows begin and end ─▶ the next event
///     workers                                    └─▶ values ─▶ lines
final class ChangeRows: RowMaker {
    let layout: RowLayout
    let setup: ReaderSetup
    let rowCount: Int
    let firstRowNumber: Int
    let pieces: [ChangePiece]
    /// That the pieces name by their numbers.
    let tables: [ChangedTable]
    /// Bytes of the rows; shared with the batches of other tables.
    let slab: RowSlab
    /// Names, GTIDs, statements and bitmaps of the pieces.
    let texts: [UInt8]
    private let writers: ChangeWriters

    private static let usualBytes = 256 * 1024

    /// `first`: the number of the first row.
    init(
        _ layout: RowLayout, _ pieces: [ChangePiece], of tables: [ChangedTable], rows: Int, first: Int, slab: RowSlab,
        texts: [UInt8], writers: ChangeWriters, setup: ReaderSetup
    ) {
        (self.layout, self.pieces, self.tables, rowCount, firstRowNumber) = (layout, pieces, tables, rows, first)
        (self.slab, self.texts, self.writers, self.setup) = (slab, texts, writers, setup)
    }

    /// Bytes of the rows.
    var bytes: Int { pieces.reduce(0) { $0 + $1.rows.count } }

    var weight: Int { max(1, bytes / Self.usualBytes) }

    /// - Throws: `ChangeError`, or the `RowFault` of the first row that cannot be written.
    func make() throws -> RowBatch { try writers.withOne { lines in try lines.batch(of: self) } }

    /// - Throws: `ChangeError`.
    func lines(by emitter: Emitter) throws -> EmittedRows {
        try writers.withOne { lines in try lines.lines(of: self, by: emitter) }
    }
}
