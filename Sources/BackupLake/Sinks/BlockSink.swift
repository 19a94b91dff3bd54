import BackupRows

/// Where a conversion's blocks go: lines, compressed where `compression` says so. Called by one thread at a time, in
/// the order of the rows. The calls are those of `RowSink`.
package protocol BlockSink: AnyObject {
    /// Of the blocks that it accepts.
    var compression: Compression { get }

    func begin(_ table: TableName, kind: TableKind, columns: [OutputColumn]) throws
    func write(_ block: OutputBlock, of table: TableName) throws
    func pause(_ table: TableName) throws
    func drop(_ table: TableName) throws
    func discard(_ table: TableName) throws
    func commit(_ report: ConversionReport) throws
    func abandon(_ report: ConversionReport)
}
