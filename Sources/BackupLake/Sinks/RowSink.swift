import BackupRows

/// A sink of your own for JSON lines. Called by one thread at a time, in the order of the rows, with whole lines:
/// compressed files and streams are written by `FolderSink` and `StreamSink`.
public protocol RowSink: AnyObject {
    /// A table is known; it may turn out to have no rows. Called again when its columns become known later.
    func begin(_ table: TableName, columns: [OutputColumn]) throws
    /// Whole lines, each with its line feed.
    func write(_ lines: UnsafeRawBufferPointer, rows: Int, of table: TableName) throws
    /// The rows of the table that lie together in the export are over; more may come later.
    func pause(_ table: TableName) throws
    /// The table was none (a view), and had no rows.
    func drop(_ table: TableName) throws
    /// The export removes the table, or its rows, after they were written: remove them.
    /// - Throws: where that cannot be done; a sink that does not know how is such a one.
    func discard(_ table: TableName) throws
    /// All has gone well: make it final. `report` is complete but for the files of the sink itself.
    func commit(_ report: ConversionReport) throws
    /// It has not: leave nothing that looks complete.
    func abandon(_ report: ConversionReport)
}

extension RowSink {
    /// Does nothing.
    public func pause(_ table: TableName) throws {}
    /// Does nothing.
    public func drop(_ table: TableName) throws {}
    /// Throws: a sink that cannot remove rows refuses.
    public func discard(_ table: TableName) throws {
        throw LakeError.cannotDiscard(table)
    }
    /// Does nothing.
    public func commit(_ report: ConversionReport) throws {}
    /// Does nothing.
    public func abandon(_ report: ConversionReport) {}
}

extension LakeError {
    static func cannotDiscard(_ table: TableName) -> LakeError {
        LakeError(
            .badStatement, table: table, why: "the export removes rows of it again, and they have been written already",
            remedy: "see \(.output), without \(.commitsTables)")
    }
}
