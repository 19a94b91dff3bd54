/// The rows of a transaction that has committed, on their way to lines.
final class Delivery {
    let transaction: Transaction
    /// The byte of the next event in its store.
    var next = 0
    /// Rows of an event that are not written yet, whose they are, and the number of the next.
    var rows: RowsEvent?
    var table: ChangedTable?
    var row = 0
    var endsStatement = false
    /// Its rows are written, and not only counted.
    var isWritten = true
    /// The event that rows came of last: within a compressed transaction, whose events have one position, their
    /// numbers continue.
    var last: LogPosition?
    /// The text of the statement, as a JSON string, or `null`.
    var query = ChangeSource.null { didSet { source = nil } }
    /// Where the last rows came from: the same for the next of that table, server and log.
    var source: ChangeSource?
    var sourceServer: UInt32 = 0
    var sourceFile = 0
    /// Events up to here have been loaded before.
    var after: LogPosition?

    init(_ transaction: Transaction) { self.transaction = transaction }
}
