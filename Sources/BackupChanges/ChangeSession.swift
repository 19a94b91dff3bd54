import BackupBytes
import BackupRows

/// What several logs of one server have in common: transactions that are open or prepared, the names of tables, what
/// was loaded before. Logs are read in their order, each by a `ChangeReader`.
///
///     event → open transaction → its commit → rows → batches
///                   │ XA PREPARE         ↑ XA COMMIT, perhaps in a later log
///                   └→ prepared ─────────┘
package final class ChangeSession {
    let options: ChangeOptions
    let setup: ReaderSetup
    let names: TableNames
    /// Of rows that MariaDB has compressed.
    let inflater: Inflater
    let layouts: ChangeLayouts
    let batches: ChangeBatches
    var delivery: Delivery?
    /// By XID.
    var prepared: [String: Transaction] = [:]
    var open: Transaction?
    /// Of the transaction that comes next.
    var gtid: String?
    /// Events that are ready.
    private(set) var events: [RowEvent] = []
    /// What is wrong with the rows after these events.
    var failure: (any Error)?
    /// The log that a ROTATE event has named, and the last one that was read.
    var expectedFile: String?
    var lastFile: String?
    /// What `after` says has been loaded comes first.
    var isLoaded: Bool
    /// Statements that were passed over, by table.
    var statements: [String: Int] = [:]
    private var warned: Set<String> = []
    /// From where to where the output goes.
    package private(set) var range: (from: LogPosition, to: LogPosition)?

    package init(_ setup: ReaderSetup, _ options: ChangeOptions, _ names: TableNames) {
        (self.setup, self.options, self.names) = (setup, options, names)
        inflater = Inflater(limit: setup.recordLimit)
        layouts = ChangeLayouts(setup.lines, isFlat: options.isFlat)
        batches = ChangeBatches(
            setup, definitions: layouts.definitions, writers: ChangeWriters(setup, isFlat: options.isFlat))
        isLoaded = options.after != nil
    }

    /// Whether nothing is under way: another session can resume here.
    var isIdle: Bool {
        open == nil && prepared.isEmpty && delivery == nil && events.isEmpty && gtid == nil && names.canBeRepeated
            && batches.isEmpty && failure == nil
    }

    /// Where nothing is under way.
    var state: SessionState {
        get {
            SessionState(
                expectedFile: expectedFile, isLoaded: isLoaded, statements: statements, hidden: batches.hidden,
                start: range?.from, end: range?.to, warned: warned.sorted(), definitions: names.definitions)
        }
        set {
            (expectedFile, isLoaded, statements) = (newValue.expectedFile, newValue.isLoaded, newValue.statements)
            batches.hidden = newValue.hidden
            if let start = newValue.start, let end = newValue.end { range = (start, end) }
            warned = Set(newValue.warned)
        }
    }

    /// Continues where another session was, at the end of a transaction in this log.
    func resume(_ state: SessionState, in file: String) throws {
        self.state = state
        lastFile = file
        for definition in state.definitions { try names.follow(definition) }
    }

    func takeEvent() -> RowEvent? { events.isEmpty ? nil : events.removeFirst() }

    func add(_ event: RowEvent) { events.append(event) }

    /// Says it once.
    func warn(_ text: String, of table: TableName? = nil) {
        guard warned.insert("\(table?.description ?? "")\0\(text)").inserted else { return }
        events.append(.note(text, table))
    }

    func noteEnd(_ position: LogPosition, from start: LogPosition) {
        range = (range?.from ?? start, position)
    }

    /// Hands over the rows that are gathered.
    func flush() { for rows in batches.flush() { events.append(.rows(.unmade(rows))) } }

    // MARK: The end

    /// After the last log: what has no end yet, and what was left out.
    package func end() -> [String] {
        var notes: [String] = []
        if let open, !open.isEmpty {
            notes.append(
                "\(open.start.file) ends inside the transaction that begins at byte \(open.start.position)"
                    + (open.gtid.map { " (\($0))" } ?? "")
                    + ": nothing of it is in the output; more of it may come with the next log")
        }
        for (xid, transaction) in prepared.sorted(by: { $0.key < $1.key }) {
            notes.append(
                "the XA transaction \(xid), which begins at byte \(transaction.start.position) of "
                    + "\(transaction.start.file), is prepared and not committed: nothing of it is in the output")
        }
        if isLoaded, let after = options.after {
            notes.append("no event comes after \(after.description): nothing was new")
        }
        return notes
    }
}
