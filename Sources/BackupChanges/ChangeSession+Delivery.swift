import BackupRows

/// Rows of committed transactions are gathered in batches, a piece after the other.
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

    /// Gathers rows until a batch is full or the transaction is over.
    func deliver(_ delivery: Delivery) throws {
        while !batches.isFull {
            if delivery.rows != nil {
                try addRows(delivery)
                continue
            }
            guard let found = try delivery.transaction.changes.change(at: delivery.next) else {
                self.delivery = nil
                // Between two transactions nothing is under way: a conversion can resume here.
                if batches.isHalfFull { flush() }
                return
            }
            delivery.next = found.next
            let file = delivery.transaction.files[found.change.file]
            do { try begin(found, file, delivery) } catch let error as ChangeError {
                throw error.located(file, found.change.position)
            }
        }
        flush()
    }

    private func begin(_ found: ChangeStore.Found, _ file: String, _ delivery: Delivery) throws {
        let change = found.change
        if change.kind == .query {
            delivery.query = found.body.array
            return
        }
        let position = LogPosition(file: file, position: change.position)
        let isLoaded = delivery.after.map { !$0.precedes(position) } ?? false
        switch change.kind {
        case .rows:
            let table = delivery.transaction.tables[change.table]
            delivery.rows = try RowsEvent(change.event, found.body, columns: table.columns.count, inflater: inflater)
            if delivery.last != position { delivery.row = 0 }
            (delivery.last, delivery.table, delivery.change) = (position, table, change)
            delivery.isWritten = table.isWanted && !isLoaded
            delivery.endsStatement = change.endsStatement
            if delivery.isWritten, let slab = found.slab, !RowsEvent.isCompressed(change.event) {
                flush()
                batches.begin(slab)
            }
        case .definition, .statement:
            var rest = found.body
            let database = try rest.text(change.databaseLength)
            if isLoaded { return }
            if change.kind == .statement { return try pass(rest.string, database, position) }
            batches.add(definition: rest, database: database, change, delivery)
        case .query: break
        }
    }

    /// Adds rows of an event to the batch until it is full or none are left.
    private func addRows(_ delivery: Delivery) throws {
        guard let table = delivery.table, let change = delivery.change, var event = delivery.rows else { return }
        do throws(ChangeError) {
            if delivery.isWritten {
                try batches.add(&event, of: table, change, delivery)
            } else {
                try pass(&event, of: table, delivery)
            }
        } catch {
            flush()
            // Its worker says which value is wrong.
            var rest = event.rows
            if delivery.isWritten, (try? RowImages(event, table).skip(&rest)) == nil {
                batches.add(unreadable: event, of: table, change, delivery)
                flush()
            }
            let position = delivery.last ?? delivery.transaction.start
            throw error.located(table: table.map.name).located(position.file, position.position)
        }
        guard event.rows.isEmpty else {
            delivery.rows = event
            return
        }
        delivery.rows = nil
        if delivery.endsStatement { delivery.query = nil }
        if batches.hasEventSlab {
            flush()
            batches.endEventSlab()
        }
    }

    /// Counts the rows of an event that are not for the output.
    private func pass(
        _ event: inout RowsEvent, of table: ChangedTable, _ delivery: Delivery
    ) throws(ChangeError) {
        let images = RowImages(event, table)
        while !event.rows.isEmpty {
            let before = event.rows.count
            try images.skip(&event.rows)
            guard event.rows.count < before else { throw .damaged("its rows have bytes, and no columns") }
            delivery.row += 1
        }
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
