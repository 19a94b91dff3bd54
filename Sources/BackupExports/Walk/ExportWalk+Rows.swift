import BackupArchives
import BackupBytes
import BackupChanges
import BackupParquet
import BackupRows
import BackupText
import Foundation

/// The rows of a data file: read at once, or when their structure is known.
extension ExportWalk {
    // MARK: Waiting

    func spill(_ file: RowFile, for location: String, _ rows: Spill.Rows) throws {
        var rows = rows
        do {
            guard let current else { throw RecordDamaged() }
            if try pending.spill.add(to: &rows, from: current) {
                work = .spilling(file, for: location, rows)
                events.append(.spilled)
            } else {
                work = nil
                try pending.add(.file(file, rows), for: location)
                if file.isReady { try pending.release(location) }
            }
        } catch { throw ExportError.wrap(error, entry: file.origin) }
    }

    /// The structure it has waited for has come; perhaps that needs another one.
    func admit(_ item: PendingItems.Item) throws {
        switch item {
        case .table(let location): try reportTable(at: location)
        case .file(let waited, let rows):
            guard let file = try resolvedDump(waited) else {
                events.append(Self.strayWarning(waited.origin))
                return pending.spill.leave(rows)
            }
            if case .data(let data) = file.role, !file.isReady, !structures.isComplete,
                let next = try structures.missing(for: data)
            {
                return try pending.add(item, for: next)
            }
            if file.isEmpty { return try begin(file, PeekedSource(BytesSource([]))) }
            let spilled = try pending.spill.read(rows, isAhead: !file.isRanged)
            try begin(file, spilled.source, spilled: spilled)
            if work == nil { pending.spill.leave(rows) }
        }
    }

    // MARK: Rows

    func begin(
        _ file: RowFile, _ source: PeekedSource, spilled: Spill.Reading? = nil
    ) throws {
        var name: TableName?, file = file
        file.role = try structures.resolved(file.role)
        if case .data(let data) = file.role {
            if structures.isView(location: data.location) {
                if !file.isEmpty { events.append(.warning("\(file.origin) was skipped: its table is a view", nil)) }
                return
            }
            if try structures.isStray(data) { return events.append(Self.strayWarning(file.origin)) }
            if file.isEmpty { return try emptyPart(data, file.origin) }
            let known = try table(of: data, file.origin)
            guard options.tables.wants(known.name) else { return }
            if let why = known.unreadable, options.values.types != .text {
                throw ExportError(unreadable: known.name, why, entry: file.origin)
            }
            name = known.name
            tablesMet += try admit(known.name, file)
            try homes.noteRows(of: known.name, in: file.origin)
            if let schema = known.schema {
                events.append(.table(schema.name, schema.columns))
                if let note = try structures.noteOnGiven(data) { events.append(.warning(note, known.name)) }
                // SQL is read by what the catalog has.
                if data.format == .sql, try !structures.catalog.knows(known.name) {
                    try structures.catalog.declare(schema)
                }
            }
        }
        let reader: DataReader
        do { reader = try self.reader(of: file, source, spilledAs: spilled?.rows) } catch let error as ParquetError {
            throw ExportError.wrap(error, entry: file.origin, table: name)
        }
        work = .reading(Reading(reader: reader, file: file, table: name, spilled: spilled))
    }

    private func table(of part: DataPart, _ origin: String) throws -> KnownTable {
        do { return try structures.table(at: part, options.dialect) } catch var error as ExportError {
            error.entry = error.entry ?? origin
            throw error
        }
    }

    /// `rows`: where it has been spilled, if it has.
    func reader(
        of file: RowFile, _ source: PeekedSource, spilledAs rows: Spill.Rows? = nil,
        at point: DataReader.ResumePoint? = nil
    ) throws -> DataReader {
        switch file.role {
        case .data(let data) where data.format == .parquet:
            let ranges: (any RangedBytes)? =
                try rows.map { try pending.spill.ranges($0) }
                ?? source.file.flatMap { CountedRanges($0, counter, met: source.met) }
            guard let ranges else { throw RecordDamaged() }
            return try DataReaders.parquetReader(
                for: data, known: structures.table(at: data, options.dialect), ranges, origin: file.origin,
                options: options, setup: setup, at: point)
        case .data(let data):
            return try DataReaders.reader(
                for: data, known: structures.table(at: data, options.dialect), source: source, origin: file.origin,
                options: options, setup: setup,
                catalog: structures.catalog, at: point)
        case .dump(let database, let described, _):
            return try DataReaders.dumpReader(
                source, database: database, origin: file.origin, options: options, setup: setup,
                catalog: structures.catalog,
                shape: structures.known(at: described)?.family, at: point)
        case .log:
            let session = try changeLogs.session(options: options, setup: setup, structures: structures)
            let changes: ChangeReader.ResumePoint? = if case .changes(let point) = point { point } else { nil }
            return .changes(
                ChangeReader(
                    source, file: ChangeLogs.name(of: file.origin), origin: file.origin, session: session, at: changes))
        case .structure, .shell, .ignored: throw RecordDamaged()
        }
    }

    /// Whether rows of the batch are for the output.
    private func admit(_ batch: ReadRows, _ reading: inout Reading) throws -> Bool {
        // The session of the logs asks which tables are wanted.
        if reading.file.role == .log { return true }
        let isAdmitted = reading.admitted.contains(batch.table)
        guard try isAdmitted || options.tables.wants(batch.table) && !isNoTable(batch, reading.file) else {
            return false
        }
        if let why = batch.layout.unreadable {
            throw ExportError(unreadable: batch.table, why, entry: reading.file.origin)
        }
        if isAdmitted { return true }
        if reading.table != batch.table {
            tablesMet += try admit(batch.table, reading.file)
            try homes.noteRows(of: batch.table, in: reading.file.origin)
        }
        if reading.admitted.count >= 1024 { reading.admitted.removeAll() }
        reading.admitted.insert(batch.table)
        return true
    }

    func readOn(_ before: Reading) throws {
        var reading = before
        let event: RowEvent?
        do {
            event = try reading.reader.next()
        } catch let error as StatementError where error.reason == .unknown && reading.holdsNoSQL {
            throw reading.file.noSQL(of: reading.table)
        } catch { throw ExportError.wrap(error, entry: reading.file.origin, table: reading.table) }
        switch event {
        case .rows(let batch):
            reading.hasRows = true
            if try admit(batch, &reading) {
                reading.table = batch.table
                events.append(.rows(batch))
            }
        case .declared(let schema):
            reading.admitted = []
            reading.firstDeclared = reading.firstDeclared ?? schema
            reading.declarations += 1
            if case .dump = reading.file.role { try homes.noteDeclaration(of: schema.name, in: reading.file.origin) }
            if schema.unreadable == nil, options.tables.wants(schema.name) {
                tablesMet += 1
                events.append(.table(schema.name, schema.columns))
            }
        case .removes(let table, let what, let isForGood):
            try checkRemoval(of: table, what, isForGood, reading.file)
        case .cut(let text):
            if options.isStrict { throw ExportError(.damaged, entry: reading.file.origin, why: text) }
            events.append(.warning("\(reading.file.origin): \(text)", nil))
        case let event?:
            switch event {
            case .view, .dropped: reading.admitted = []
            default: break
            }
            if case .view(let name) = event { try homes.noteView(name, in: reading.file.origin) }
            guard let event = WalkEvent.of(event, entry: reading.file.origin, options.tables) else { break }
            if case .table = event { tablesMet += 1 }
            events.append(event)
        case nil:
            try finish(reading)
            return
        }
        work = .reading(reading)
    }

    func finish(_ reading: Reading) throws {
        work = nil
        if let spilled = reading.spilled { pending.spill.leave(spilled.rows) }
        if reading.holdsNoSQL { throw reading.file.noSQL(of: reading.table) }
        if let layout = reading.reader.chosenLayout {
            events.append(.table(layout.table, layout.columns))
            for warning in layout.warnings { events.append(.warning(warning, layout.table)) }
            if case .data(let part) = reading.file.role, let note = try structures.noteOnNoneGiven(part) {
                events.append(.warning(note, layout.table))
            }
        }
        // `orders.sql` beside `orders.txt` (mysqldump --tab) declares the table of the other.
        if case .dump(_, let location, let waits) = reading.file.role, !reading.hasRows, reading.declarations == 1,
            let schema = reading.firstDeclared
        {
            if !waits { structures.dumpsNotLearned -= 1 }
            try structures.remember(schema, at: location, reading.reader.family ?? .mysql)
            try pending.release(location)
        }
        events.append(.entry(reading.file.origin, reading.table))
    }
}
