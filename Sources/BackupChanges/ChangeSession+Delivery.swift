import BackupRows

/// Committed transactions become rows, a piece after the other.
extension ChangeSession {
    /// The transaction has committed at `end`.
    func commit(_ transaction: Transaction, at end: LogPosition) throws {
        guard !transaction.isEmpty else { return }
        let delivery = Delivery(transaction)
        if isLoaded, let after = options.after {
            let holdsIt = try holds(transaction, after)
            if holdsIt {
                isLoaded = false
                delivery.after = after
            } else if after.precedes(end), !(try isAwaited(after)) {
                isLoaded = false
            } else {
                return
            }
        }
        noteEnd(end, from: transaction.start)
        self.delivery = delivery
    }

    /// Whether a transaction that is prepared has the event after which new ones come.
    private func isAwaited(_ after: LogPosition) throws -> Bool {
        for transaction in prepared.values { if try holds(transaction, after) { return true } }
        return false
    }

    private func holds(_ transaction: Transaction, _ position: LogPosition) throws -> Bool {
        var next = 0
        while let found = try transaction.changes.change(at: next) {
            if found.change.position == position.position, transaction.files[found.change.file] == position.file,
                found.change.kind != .query
            {
                return true
            }
            next = found.next
        }
        return false
    }

    /// Writes rows until a batch is full or the transaction is over.
    func deliver(_ delivery: Delivery, _ origin: String) throws {
        while !lines.batches.isFull {
            if let rows = delivery.rows {
                try writeRows(delivery, rows, origin)
                continue
            }
            guard let found = try delivery.transaction.changes.change(at: delivery.next) else {
                self.delivery = nil
                // Between two transactions nothing is under way: a conversion can resume here.
                if lines.batches.isHalfFull { flush(origin) }
                return
            }
            delivery.next = found.next
            let file = delivery.transaction.files[found.change.file]
            do { try begin(found.change, found.body, file, delivery) } catch let error as ChangeError {
                throw error.located(file, found.change.position)
            }
        }
        flush(origin)
    }

    private func begin(
        _ change: LoggedChange, _ body: EventBytes, _ file: String, _ delivery: Delivery
    ) throws {
        if change.kind == .query {
            delivery.query = body.json
            return
        }
        let position = LogPosition(file: file, position: change.position)
        let isLoaded = delivery.after.map { !$0.precedes(position) } ?? false
        switch change.kind {
        case .rows:
            let table = delivery.transaction.tables[change.table]
            let rows = try RowsEvent(change.event, body, columns: table.columns.count, inflater: inflater)
            if delivery.last != position { delivery.row = 0 }
            delivery.last = position
            if delivery.table !== table { delivery.source = nil }
            (delivery.table, delivery.rows) = (table, rows)
            delivery.isWritten = table.isWanted && !isLoaded
            delivery.endsStatement = change.endsStatement
            lines.begin(source(change, table, delivery, file))
        case .definition, .statement:
            var rest = body
            let database = try rest.text(change.databaseLength), text = rest.string
            if isLoaded { return }
            if change.kind == .statement { return try pass(text, database, position) }
            let owner = ChangeSource.owner(database.isEmpty ? nil : database, nil)
            lines.begin(source(change, owner, delivery, file))
            try lines.write(definition: text, database: database.isEmpty ? nil : database)
        case .query: break
        }
    }

    private func source(
        _ change: LoggedChange, _ table: ChangedTable, _ delivery: Delivery, _ file: String
    ) -> ChangeSource {
        if var known = delivery.source, delivery.sourceServer == change.serverID, delivery.sourceFile == change.file {
            (known.timestamp, known.position) = (change.timestamp, change.position)
            return known
        }
        let made = source(change, table.owner, delivery, file)
        (delivery.source, delivery.sourceServer, delivery.sourceFile) = (made, change.serverID, change.file)
        return made
    }

    private func source(
        _ change: LoggedChange, _ owner: [UInt8], _ delivery: Delivery, _ file: String
    ) -> ChangeSource {
        ChangeSource(
            change, owner: owner, gtid: delivery.transaction.gtid, file: json(of: file),
            thread: delivery.transaction.thread, query: delivery.query)
    }

    /// The name of a log as a JSON string.
    private func json(of file: String) -> [UInt8] {
        if fileName.text != file { fileName = (file, JSONText.string(file)) }
        return fileName.json
    }

    /// Writes rows of an event until a batch is full or none are left.
    private func writeRows(_ delivery: Delivery, _ event: RowsEvent, _ origin: String) throws {
        guard let table = delivery.table else { return delivery.rows = nil }
        let isWritten = delivery.isWritten, position = delivery.last ?? delivery.transaction.start
        var event = event, row = delivery.row
        do throws(ChangeError) {
            while !event.rows.isEmpty && !lines.batches.isFull {
                let start = event
                do throws(ChangeError) {
                    try lines.write(&event, of: table, row: row, isWritten: isWritten)
                } catch {
                    guard error.kind == .badText, isWritten else { throw error }
                    event = start
                    try lines.skip(&event, of: table)
                    reject(error, start.rows.array.dropLast(event.rows.count), of: table.map.name, at: position, origin)
                }
                if event.rows.count == start.rows.count { throw .damaged("its rows have bytes, and no columns") }
                row += 1
            }
        } catch {
            throw error.located(table: table.map.name).located(position.file, position.position)
        }
        delivery.row = row
        if event.rows.isEmpty {
            delivery.rows = nil
            if delivery.endsStatement { delivery.query = ChangeSource.null }
        } else {
            delivery.rows = event
        }
    }

    /// A row that cannot be written. Rows before it come first.
    private func reject(
        _ error: ChangeError, _ row: ArraySlice<UInt8>, of table: TableName, at position: LogPosition, _ origin: String
    ) {
        flush(origin)
        add(
            .fault(
                RowFault(
                    code: .badChange, row: lines.batches.rejectRow(of: table), offset: position.position,
                    column: error.column, detail: error.why, record: Array(row)), table))
    }

    /// A change that is logged as a statement.
    private func pass(_ text: String, _ database: String, _ position: LogPosition) throws {
        let name = Self.table(of: text, database)
        if let name, !options.wants(name) { return }
        guard options.skipsStatements else {
            throw ChangeError(
                .statement,
                "a change is logged as a statement, and what it did to rows is not in the log: “\(text.prefix(500))”",
                table: name)
        }
        statements[name?.description ?? "", default: 0] += 1
    }

    /// The table that a statement changes, as far as its first words say it.
    static func table(of text: String, _ database: String) -> TableName? {
        var words = Words(text)
        let verb = words.next()
        let passed: Set<String> =
            switch verb {
            case "INSERT", "REPLACE": ["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO"]
            case "UPDATE": ["LOW_PRIORITY", "IGNORE"]
            case "DELETE": ["LOW_PRIORITY", "QUICK", "IGNORE", "FROM"]
            default: []
            }
        guard !passed.isEmpty else { return nil }
        while true {
            let before = words
            guard passed.contains(words.next()) else {
                words = before
                break
            }
        }
        let (own, table) = words.tableName()
        return table.isEmpty ? nil : TableName(database: own ?? (database.isEmpty ? nil : database), table: table)
    }
}
