import BackupRows

/// What each event means.
extension ChangeReader {
    /// `isPacked`: it lies in a compressed transaction.
    func follow(_ event: LogEvent, isPacked: Bool) throws {
        switch event.kind {
        case EventKind.formatDescription: try session.beginServer(format, at: position(event))
        case EventKind.rotate: try rotate(event)
        case EventKind.query, EventKind.compressedQuery, EventKind.executeLoadQuery: try query(event)
        case EventKind.xid: try session.end(.commit, at: end)
        case EventKind.gtid: session.gtid = try TransactionID.gtid(event.body)
        case EventKind.taggedGTID: session.gtid = try TransactionID.tagged(event.body)
        case EventKind.anonymousGTID: session.gtid = nil
        case EventKind.mariaGTID: try mariaGTID(event)
        case EventKind.xaPrepare: try session.prepare(TransactionID.xaPrepare(event.body), at: end)
        case EventKind.tableMap: try map(event, isPacked: isPacked)
        case EventKind.rowsQuery: try statementText(event, skipping: 1)
        case EventKind.annotateRows: try statementText(event, skipping: 0)
        case EventKind.transactionPayload:
            guard !isPacked else { throw ChangeError.damaged("a compressed transaction holds another one") }
            begin(payload: try PayloadEvents(event.body, at: event.position, limit: session.setup.recordLimit))
        case EventKind.stop, EventKind.intVar, EventKind.rand, EventKind.userVar, EventKind.beginLoadQuery,
            EventKind.appendBlock, EventKind.deleteFile, EventKind.heartbeat, EventKind.heartbeatV2,
            EventKind.ignorable, EventKind.previousGTIDs, EventKind.transactionContext, EventKind.viewChange,
            EventKind.binlogCheckpoint, EventKind.gtidList:
            break
        case EventKind.incident:
            throw ChangeError.damaged("the server has logged an incident here: events may be missing")
        case EventKind.startEncryption:
            throw ChangeError.unsupported(
                "it is encrypted (encrypt_binlog): take the log from a server that can read it, with "
                    + "`mysqlbinlog --read-from-remote-server --raw`"
            )
        case EventKind.oldRows, EventKind.load, EventKind.createFile, EventKind.execLoad, EventKind.newLoad,
            EventKind.startV3:
            throw ChangeError.unsupported("an event of type \(event.kind), which servers before MySQL 5.1 write")
        default:
            if EventKind.hasRows(event.kind) { return try rows(event, isPacked: isPacked) }
            if event.isIgnorable { return }
            throw ChangeError.unsupported("an event of the unknown type \(event.kind)")
        }
    }

    private func position(_ event: LogEvent) -> LogPosition { LogPosition(file: file, position: event.position) }

    /// The next log's name. A copy that a replica was sent begins with one, too.
    private func rotate(_ event: LogEvent) throws {
        guard !event.isArtificial, event.timestamp != 0 else { return }
        var rest = event.body
        try rest.skip(8)
        session.expectedFile = rest.string
    }

    private func mariaGTID(_ event: LogEvent) throws {
        let id = try TransactionID.Maria(event.body, serverID: event.serverID)
        session.gtid = id.gtid
        guard !id.isStandalone && !id.endsXA else { return }
        let transaction = session.begin(at: position(event))
        if id.preparesXA { transaction.xid = id.xid }
    }

    /// ROWS_QUERY or ANNOTATE_ROWS: the text of the statement whose rows follow.
    private func statementText(_ event: LogEvent, skipping count: Int) throws {
        var rest = event.body
        try rest.skip(count)
        let transaction = session.openOrImplicit(at: position(event))
        try transaction.changes.append(
            LoggedChange(
                kind: .query, timestamp: event.timestamp, serverID: event.serverID, position: event.position,
                file: transaction.number(of: file)), rest)
    }

    private func rows(_ event: LogEvent, isPacked: Bool) throws {
        let (number, flags, rest) = try RowsEvent.head(event, format)
        let endsStatement = flags & RowsEvent.endsStatement != 0
        if let table = tables[number] {
            // The rows of others count within a compressed transaction, whose rows are numbered through.
            if table.isWanted || isPacked {
                let transaction = session.openOrImplicit(at: position(event))
                var change = LoggedChange(
                    kind: .rows, event: event.kind, timestamp: event.timestamp, serverID: event.serverID,
                    position: event.position, file: transaction.number(of: file), table: transaction.number(of: table))
                change.endsStatement = endsStatement
                try transaction.changes.append(change, rest)
            }
        } else if number != 0xFF_FFFF {
            throw ChangeError.damaged("rows of a table that no event before them maps: number \(number)")
        }
        guard endsStatement else { return }
        if tables.count > Self.tableLimit { tables.removeAll() }  // the next statement maps its tables again
        try session.endImplicit(at: end)
    }

    // MARK: Statements

    private func query(_ event: LogEvent) throws {
        if event.kind == EventKind.query, let thread = try QueryEvent.threadOfBegin(event.body) {
            session.begin(at: position(event)).thread = thread
            return
        }
        let query = try QueryEvent(
            event.body, isCompressed: event.kind == EventKind.compressedQuery,
            extra: event.kind == EventKind.executeLoadQuery ? 13 : 0, inflater: queryInflater)
        let statement = Statement(query.text)
        switch statement {
        case .begin: session.begin(at: position(event)).thread = query.thread
        case .commit: try session.end(.commit, at: end)
        case .rollback: try session.end(.rollback, at: end)
        case .savepoint(let name): session.open?.setSavepoint(name)
        case .rollbackTo(let name): if let open = session.open { _ = open.rollBack(to: name) }
        case .releaseSavepoint, .xaEnd, .other: break
        case .xaStart(let xid):
            let transaction = session.begin(at: position(event))
            (transaction.xid, transaction.thread) = (xid, query.thread)
        case .xaPrepare(let xid): try session.prepare((xid, isOnePhase: false), at: end)
        case .xaCommit(let xid): try session.commitPrepared(xid, at: end)
        case .xaRollback(let xid): session.rollBackPrepared(xid)
        case .definition, .change:
            try add(statement == .change ? .statement : .definition, query, event)
            if statement == .definition {
                let start = position(event)
                try session.names.follow(
                    query.text, database: query.database, at: start,
                    isLoaded: session.options.after.map { !$0.precedes(start) } ?? false)
            }
        }
    }

    private func add(_ kind: LoggedChange.Kind, _ query: QueryEvent, _ event: LogEvent) throws {
        let transaction = session.openOrImplicit(at: position(event))
        var change = LoggedChange(
            kind: kind, timestamp: event.timestamp, serverID: event.serverID, position: event.position,
            file: transaction.number(of: file))
        change.databaseLength = query.database.utf8.count
        let bytes = Array(query.database.utf8) + Array(query.text.utf8)
        try unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            try unsafe transaction.changes.append(change, EventBytes(start, bytes.count))
        }
        if !transaction.isExplicit { transaction.thread = query.thread }
        try session.endImplicit(at: end)
    }
}
