import BackupRows

/// How transactions begin and end.
extension ChangeSession {
    enum End { case commit, rollback }

    /// A log begins.
    func begin(_ file: String) throws {
        defer { (lastFile, expectedFile) = (file, nil) }
        guard let lastFile else { return }
        let number = LogPosition.number(of: file), last = LogPosition.number(of: lastFile)
        if let number, let last, number <= last {
            throw ChangeError.unsupported("the log \(file) comes after \(lastFile): give the logs in their order")
                .located(file, 0)
        }
        if let expectedFile, expectedFile != file {
            warn("\(expectedFile) comes after \(lastFile), and \(file) was given: events may be missing between them")
            drop("a log is missing after it")
        } else if expectedFile == nil, let number, let last, number > last + 1 {
            // A server that stopped has not named its next log.
            warn("\(file) comes after \(lastFile): the logs between them, and their events, are missing")
            drop("a log is missing after it")
        }
    }

    /// A server describes its format. One that has just started has rolled back what it had left open.
    func beginServer(_ format: LogFormat, at position: LogPosition) throws {
        if format.beginsWithServer { drop("the server was started again") }
        gtid = nil
    }

    private func drop(_ why: String) {
        if let open, !open.isEmpty {
            warn(
                "the transaction that begins at byte \(open.start.position) of \(open.start.file) has no end, and "
                    + "\(why): nothing of it is in the output")
        }
        open = nil
    }

    // MARK: Beginnings

    @discardableResult
    func begin(at position: LogPosition) -> Transaction {
        // MariaDB's GTID, then BEGIN or XA START.
        if let open, open.isExplicit, open.isEmpty { return open }
        let transaction = Transaction(
            at: position, gtid: gtid, memoryLimit: options.transactionMemory, folder: options.folder)
        transaction.isExplicit = true
        open = transaction
        return transaction
    }

    /// The open transaction; where none is, one that ends with its statement.
    func openOrImplicit(at position: LogPosition) -> Transaction {
        if let open { return open }
        let transaction = Transaction(
            at: position, gtid: gtid, memoryLimit: options.transactionMemory, folder: options.folder)
        open = transaction
        return transaction
    }

    // MARK: Ends

    func end(_ end: End, at position: LogPosition) throws {
        defer { (open, gtid) = (nil, nil) }
        guard let open, end == .commit else { return }
        try commit(open, at: position)
    }

    /// A statement ends, and with it a transaction that nothing has begun.
    func endImplicit(at position: LogPosition) throws {
        guard let open, !open.isExplicit else { return }
        try end(.commit, at: position)
    }

    // MARK: XA

    func prepare(_ id: (xid: String, isOnePhase: Bool), at position: LogPosition) throws {
        if id.isOnePhase { return try end(.commit, at: position) }
        defer { (open, gtid) = (nil, nil) }
        guard let open else { return }
        prepared[id.xid] = open
    }

    /// Its events keep the GTID under which they were prepared: that is theirs in the log.
    func commitPrepared(_ xid: String, at position: LogPosition) throws {
        // XA COMMIT … ONE PHASE of a transaction that was never prepared.
        if let open, open.xid == xid { return try end(.commit, at: position) }
        defer { gtid = nil }
        guard let transaction = prepared.removeValue(forKey: xid) else {
            return warn(
                "the XA transaction \(xid) is committed before byte \(position.position) of \(position.file), and was "
                    + "prepared in no log that was given: its events are missing")
        }
        try commit(transaction, at: position)
    }

    func rollBackPrepared(_ xid: String) {
        if let open, open.xid == xid { self.open = nil }
        prepared[xid] = nil
        gtid = nil
    }

    // MARK: What was left out

    /// At the end of a log.
    func noteLeftOut() {
        for (table, columns) in batches.hidden.sorted(by: { $0.key < $1.key }) {
            for (name, count) in columns.sorted(by: { $0.key < $1.key }) {
                add(
                    .note(
                        "\(count) value\(count == 1 ? "" : "s") of the database's own column “\(name)” left out", table)
                )
            }
        }
        batches.hidden = [:]
        for (table, count) in statements.sorted(by: { $0.key < $1.key }) {
            let of = table.isEmpty ? "" : " of \(table)"
            add(
                .note(
                    "\(count) change\(count == 1 ? "" : "s")\(of) logged as statement\(count == 1 ? "" : "s") passed "
                        + "over", nil))
        }
        statements = [:]
    }
}
