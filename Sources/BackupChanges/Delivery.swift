/// The rows of a transaction that has committed, on their way to lines.
final class Delivery {
    let transaction: Transaction
    /// The byte of the next event in its store.
    var next = 0
    /// Rows of an event that are not in a batch yet, of which event and table they are, and the number of the next.
    var rows: RowsEvent?
    var change: LoggedChange?
    var table: ChangedTable?
    var row = 0
    var endsStatement = false
    /// Its rows are for the output, and not only counted.
    var isWritten = true
    /// The event that rows came of last: within a compressed transaction, whose events have one position, their
    /// numbers continue.
    var last: LogPosition?
    /// The text of the statement whose rows come.
    var query: [UInt8]? { didSet { texts.query = nil } }
    /// What the batch that is gathered has of this transaction.
    var texts = KnownTexts()
    /// Events up to here have been loaded before.
    var after: LogPosition?

    /// Where texts lie in a batch.
    struct KnownTexts {
        /// How many batches came before that one.
        var flush = -1
        var gtid: Range<Int>?
        var query: Range<Int>?
        var file: (number: Int, text: Range<Int>)?
    }

    init(_ transaction: Transaction) { self.transaction = transaction }
}
