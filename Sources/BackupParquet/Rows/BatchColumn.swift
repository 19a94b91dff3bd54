/// A column of rows, which writes its values into one batch after another.
protocol BatchColumn: AnyObject {
    /// Begins with the first row of a row group; `chunks`: of its leaves. No page lies after byte `end`.
    func begin(_ chunks: [ColumnChunk], before end: Int) throws

    /// Whether its values may hold text that is to be checked.
    var isText: Bool { get }

    /// Whether all values of the row group have been written.
    var isAtEnd: Bool { get }

    /// Passes over rows, right after `begin`.
    func skip(_ rows: Int) throws

    /// Writes the column's values into the rows of the batch with this number; returns how many rows, all of
    /// `batch.rowCount` or more where that has shrunk.
    func write(_ column: Int, into batch: BatchRows, number: Int) throws -> Int

    /// The batch ends before `row`: keeps what was written of rows from there up to `written`.
    func carry(from row: Int, of batch: BatchRows, _ column: Int, written: Int)
}
