/// Rows of one event in a batch, or a statement that changes tables: what happened, where it comes from, and where its
/// bytes lie.
struct ChangePiece {
    /// What the event does to its rows; nil: it is a statement that changes tables.
    var change: RowChange?
    /// The rows after an update may be differences.
    var mayBePartial = false
    /// Number of its table among those of the batch.
    var table = 0
    var timestamp: UInt32
    var serverID: UInt32
    var position: Int
    var thread: Int?
    /// Number of the first row in its event, and how many there are.
    var firstRow = 0
    var rowCount = 1
    // In the texts of the batch: the log's name, the transaction's GTID, the statement whose rows these are, the
    // bitmaps of the columns that rows have before and after the change; of a statement that changes tables its text
    // and the database's name.
    var file = 0 ..< 0
    var gtid: Range<Int>?
    var query: Range<Int>?
    var before = 0 ..< 0
    var after = 0 ..< 0
    var definition = 0 ..< 0
    var database: Range<Int>?
    /// The rows, in the slab of the batch.
    var rows = 0 ..< 0

    init(_ change: LoggedChange, thread: Int?) {
        (timestamp, serverID, position) = (change.timestamp, change.serverID, change.position)
        self.thread = thread
    }
}
