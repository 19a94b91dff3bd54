import BackupBytes
import BackupRows

/// Reads the changes in one binary log of MySQL or MariaDB: events to transactions, and those that commit to rows.
///
/// What one log leaves to the next is the session's: logs are read in order, one reader after the other.
package final class ChangeReader: RowReader {
    /// Between two transactions.
    package struct ResumePoint: ReaderResumePoint {
        package var offset: Int
        var format: LogFormat
        var state: SessionState
    }

    let session: ChangeSession
    private let source: EventSource
    /// The log's name, as lines have it.
    let file: String
    private let origin: String
    /// By the number that rows name their table with.
    var tables: [UInt64: ChangedTable] = [:]
    private var tablesVersion = 0
    /// Where the event that is read ends.
    var end: LogPosition { LogPosition(file: file, position: source.position) }
    var format: LogFormat { source.format }
    /// What its first event says of it, for people; nil: that has not been read.
    package var formatDescription: String? {
        format.server.isEmpty
            ? nil : "of the server \(format.server), \(format.hasChecksums ? "with" : "without") checksums"
    }
    private var payload: PayloadEvents?
    private var isAtEnd = false
    private var hasBegun = false
    /// What an earlier session knew where this reader begins.
    private let resumed: SessionState?
    let queryInflater: Inflater

    /// Tables whose maps are kept from statement to statement; one statement may have sixteen times as many.
    static let tableLimit = 4096

    /// `file`: the log's name. `origin`: what it is called in messages.
    package init(
        _ source: any ByteSource, file: String, origin: String, session: ChangeSession, at point: ResumePoint? = nil
    ) {
        (self.session, self.file, self.origin) = (session, file, origin)
        self.source = EventSource(
            source, limit: session.setup.recordLimit, at: point?.offset ?? 0, format: point?.format)
        queryInflater = Inflater(limit: session.setup.recordLimit)
        resumed = point?.state
    }

    package var resumePoint: ResumePoint? {
        guard hasBegun, session.isIdle, payload == nil, !isAtEnd else { return nil }
        return ResumePoint(offset: source.position, format: source.format, state: session.state)
    }

    package func next() throws -> RowEvent? {
        if !hasBegun { try begin() }
        while true {
            if let event = session.takeEvent() { return event }
            if let failure = session.failure { throw failure }
            do { if try !readOn() { return nil } } catch {
                // The rows before it come first.
                session.flush()
                session.failure = error
            }
        }
    }

    /// The next step of what is under way; false: nothing is left.
    private func readOn() throws -> Bool {
        if let delivery = session.delivery {
            try session.deliver(delivery)
        } else if let payload {
            try follow(payload)
        } else if isAtEnd {
            return false
        } else {
            try readEvent()
        }
        return true
    }

    private func begin() throws {
        hasBegun = true
        session.batches.beginLog(origin)
        if let resumed { return try session.resume(resumed, in: file) }
        try session.begin(file)
    }

    private func readEvent() throws {
        do {
            guard let event = try source.next() else {
                isAtEnd = true
                session.flush()
                session.noteLeftOut()
                return
            }
            do { try follow(event, isPacked: false) } catch let error as ChangeError {
                throw error.located(file, event.position)
            }
        } catch var error as ChangeError {
            if error.file?.isEmpty ?? true { error.file = file }
            throw error
        }
    }

    private func follow(_ payload: PayloadEvents) throws {
        do {
            guard let event = try payload.next() else {
                self.payload = nil
                return
            }
            try follow(event, isPacked: true)
        } catch let error as ChangeError {
            throw error.located(file, payload.position)
        }
    }

    func begin(payload: PayloadEvents) { self.payload = payload }

    // MARK: Tables

    /// A TABLE_MAP event: rows that follow name the table by a number.
    func map(_ event: LogEvent, isPacked: Bool) throws {
        if tablesVersion != session.names.version || tables.count >= 16 * Self.tableLimit {
            tables.removeAll()
            tablesVersion = session.names.version
        }
        var rest = event.body
        let number = try rest.number(format.tableIDLength(event.kind))
        if let known = tables[number], rest.isEqual(known.map.body) { return }
        let map = try TableMap(rest, isMariaDB: format.isMariaDB, columnLimit: session.setup.columnLimit)
        let isWanted = session.options.wants(map.name)
        let schema = isWanted ? try session.names.schema(of: map.name, isNeeded: map.metadata.names == nil) : nil
        let table = try ChangedTable(
            map, schema: schema, values: session.setup.lines.values, layouts: session.layouts,
            isWanted: isWanted)
        if isWanted { for warning in table.warnings { session.warn(warning, of: map.name) } }
        tables[number] = table
    }
}
