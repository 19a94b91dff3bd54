import BackupArchives
import BackupBytes
import BackupTables
import Foundation

/// What is met on the way through an export, in its order.
enum WalkEvent {
    /// A table is known now; its columns too, where a structure tells them.
    case table(TableName, [Column])
    case rows(RowBatch)
    case fault(RowFault, TableName, entry: String)
    /// What was taken for a table is a view.
    case view(TableName)
    case warning(String, TableName?)
    /// An entry has been read to its end.
    case entry(String, TableName?)
}

/// Walks one input from front to back: entries to tables, structures before data, rows in batches.
///
/// What cannot be converted yet, because its structure has not come, waits: a seekable input is looked through for
/// structures first (as far as the one that is needed); from a pipe the data waits in a `Spool`.
final class ExportWalk {
    let input: ExportInput
    private let options: ExportOptions
    private let setup: ReaderSetup
    private let entries: Unpacking
    /// What outlives the process lies here; nil where nobody is to go on.
    private let logs: WorkFolder.Logs?
    private let structures: Structures
    private let spool: Spool
    /// In their order, nil where one has been released, and by where their structure will be.
    private var waiting: [WaitingPart?] = []
    private var waitingAt: [String: [Int]] = [:]
    private var ready: ArraySlice<WaitingPart> = []
    /// Places of tables that have not been told of, by where the types of their columns will be declared.
    private var untold: [String: [String]] = [:]
    private var reader: Reading?
    private var events: [WalkEvent] = []
    private let seenPaths: RecordLog<PathMet>
    private let counter: ByteCounter
    private var bytesAtEntry = 0
    private var tablesMet = 0
    private let seenTables: KeyIndex
    private var tablesSeen = 0
    private(set) var entriesMet = 0

    /// A file of rows and where its bytes are.
    private struct WaitingPart {
        var role: EntryRole
        var origin: String
        var bytes: Bytes
        /// Its name says SQL, and its first bytes do not.
        var isDoubtful = false
        enum Bytes {
            case source(any ByteSource)
            case spooled(Spool.Segment)
        }
    }

    private struct Reading {
        var reader: any RowReader
        var origin: String
        var table: TableName?
        var role: EntryRole
        /// The first table it declares, and how many.
        var firstDeclared: TableSchema?
        var declarations = 0
        var hasRows = false
        var isDoubtful = false
        /// Its bytes waited on disk: they are gone with the process.
        var isSpooled = false
    }

    /// `place`: where an earlier walk of the same input was; its logs are taken up. `readsAhead`: who inflates ahead of it.
    init(
        _ input: ExportInput, options: ExportOptions, setup: ReaderSetup, counter: ByteCounter, logs: WorkFolder.Logs? = nil, at place: WalkPlace? = nil,
        readsAhead: ReadAhead.Driver = .ownThread
    ) throws {
        self.input = input
        self.options = options
        var setup = setup
        setup.columnLimit = options.limits.columns
        self.setup = setup
        self.logs = logs
        self.counter = counter
        structures = try Structures(options: options, setup: setup, logs: logs, at: place?.structures)
        if let logs, let place {
            seenPaths = try .reopen(path: logs.paths, length: place.paths, folder: options.spoolPlace)
        } else {
            seenPaths = RecordLog(path: logs?.paths, folder: options.spoolPlace)
        }
        seenTables = KeyIndex(folder: options.spoolPlace)
        spool = Spool(folder: options.spoolPlace, limit: options.limits.spool)
        do {
            guard let place else {
                entries = try input.entries(
                    limits: options.limits.unpacking, counter: counter, readsAhead: readsAhead, placesIn: logs == nil ? nil : options.spoolPlace)
                return
            }
            let entry: Entry
            (entries, entry) = try input.entries(at: place, limits: options.limits.unpacking, counter: counter, readsAhead: readsAhead, placesIn: options.spoolPlace)
            try goOn(entry, at: place)
        } catch { throw ExportError.wrap(error, entry: input.name) }
    }

    // MARK: Going on later

    private func goOn(_ entry: Entry, at place: WalkPlace) throws {
        guard case .file(_, let source) = entry.content else { throw RecordDamaged() }
        (tablesMet, entriesMet, spool.cost) = (place.tablesMet, place.entriesMet, place.spool)
        bytesAtEntry = place.bytesBefore
        let reader: any RowReader
        switch place.role {
        case .data(let data):
            let known = try structures.table(at: data, options.dialect)
            reader = try DataReaders.reader(
                for: data, known: known, source: source, origin: entry.origin, options: options, setup: setup, catalog: structures.catalog, at: place.reader)
        case .dump(let database, _, _):
            reader = try DataReaders.dumpReader(
                source, database: database, origin: entry.origin, options: options, setup: setup, catalog: structures.catalog, at: place.reader)
        case .structure, .ignored: throw RecordDamaged()
        }
        self.reader = Reading(reader: reader, origin: entry.origin, table: place.table, role: place.role, hasRows: true)
    }

    /// Where another process can go on; nil where it cannot just now: between files, or while data waits for its structure.
    func place() throws -> WalkPlace? {
        guard logs != nil, let reading = reader, reading.hasRows, events.isEmpty, waitingAt.isEmpty, untold.isEmpty, ready.isEmpty, options.encoding == nil,
            !reading.isSpooled, let readerPlace = reading.reader.place
        else { return nil }
        let unpacking = entries.place(offset: readerPlace.offset)
        return WalkPlace(
            unpacking: unpacking, source: unpacking.shortcut.flatMap { input.place(upTo: $0.input) }, role: reading.role, table: reading.table,
            reader: readerPlace, structures: try structures.place(), paths: try seenPaths.flush(), tablesMet: tablesMet, entriesMet: entriesMet,
            spool: spool.cost, bytesBefore: bytesAtEntry)
    }

    var spoolCost: SpoolCost { spool.cost }
    func cancel() { entries.cancel() }

    /// Whether more of it can be had without waiting. Any thread.
    var isAtHand: Bool { entries.isAtHand }

    /// Inflates ahead of the walk, where that is left to callers. Any thread.
    func inflateAhead() -> Bool { entries.inflateAhead() }

    /// The next event; nil at the end of the input.
    func next() throws -> WalkEvent? {
        while true {
            if !events.isEmpty { return try counted(events.removeFirst()) }
            if reader != nil { try readOn(); continue }
            if !ready.isEmpty { try begin(ready.removeFirst()); continue }
            do {
                guard let entry = try entries.next() else {
                    guard try endOfEntries() else { return nil }
                    continue
                }
                try meet(entry)
            } catch { throw ExportError.wrap(error, entry: input.name) }
        }
    }

    private func counted(_ event: WalkEvent) throws -> WalkEvent {
        let table: TableName? = switch event {
        case .table(let name, _): name
        case .rows(let batch): batch.table
        default: nil
        }
        guard let table, try seenTables.insert(table) else { return event }
        tablesSeen += 1
        if tablesSeen > options.limits.tables {
            throw ExportError(.overLimit, entry: input.name, why: "it has more than \(options.limits.tables) tables", advice: "see --table-limit, --table")
        }
        return event
    }

    /// At the end of the entries: what still waits is read without a structure. false when nothing is left.
    private func endOfEntries() throws -> Bool {
        structures.isComplete = true
        if !untold.isEmpty {
            for place in untold.values.flatMap(\.self).sorted() { try tell(place) }
            untold = [:]
            return true
        }
        if !waitingAt.isEmpty {
            ready = waiting.compactMap(\.self)[...]
            waiting = []
            waitingAt = [:]
            return true
        }
        if entriesMet == 0 { throw ExportError(.noTables, entry: input.name, why: "the input is empty") }
        if tablesMet == 0 {
            throw ExportError(.noTables, entry: input.name, why: "there are no tables in it", advice: "see `sluice inspect`")
        }
        return false
    }

    // MARK: Entries

    private func meet(_ entry: Entry) throws {
        guard case .file(let kind, let source) = entry.content else {
            if case .refused(let why) = entry.content, !why.isEmpty { events.append(.warning("\(entry.origin) was skipped: \(why)", nil)) }
            return
        }
        entriesMet += 1
        bytesAtEntry = counter.count
        let path = entry.path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        if !entry.isAlone, try !isNew(path), options.duplicates == .error {
            throw ExportError(.damaged, entry: entry.origin, why: "the archive has two entries of this path", advice: "see --duplicates append")
        }
        let head = try (source as? PeekedSource)?.peek(4096) ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let role = EntryRole(
            path: entry.path, isAlone: entry.isAlone, format: options.format, dialect: options.dialect, looksLikeSQL: SQLSniffer.looksLikeSQL(head))
        if case .data(let data) = role, !options.tables.mayWant(data.names) { return }
        try refuse(kind, entry, role)
        let part = WaitingPart(role: role, origin: entry.origin, bytes: .source(source), isDoubtful: !SQLSniffer.mayBeSQL(head))
        switch role {
        case .ignored:
            if kind == .text && !entry.path.hasSuffix(".sql") && !entry.isKnownBystander {
                events.append(.warning("\(entry.origin) was not converted: nothing tells that it holds rows", nil))
            }
        case .structure(let place, let folders, let isPostgres):
            try learn(place, folders, isPostgres, source, entry.origin)
        case .data(let data):
            if entry.isKnownBystander && !entry.isAlone && !data.isTree { return }
            if kind == .empty { try emptyPart(data, entry.origin) } else { try readOrWait(part, for: missing(for: data, isAlone: entry.isAlone)) }
        case .dump(_, let place, let waits):
            if kind == .empty { return }
            let isOnItsOwn = try !waits || Self.declaresTables(head) || structures.knows(place: place)
            try readOrWait(part, for: isOnItsOwn ? nil : place)
        }
    }

    private func isNew(_ path: String) throws -> Bool {
        guard try seenPaths.number(of: path) == nil else { return false }
        try seenPaths.put(PathMet(), for: path)
        return true
    }

    /// Formats that are known and not read. A page of text beside the data of an archive is no reason to stop.
    private func refuse(_ kind: ContentKind, _ entry: Entry, _ role: EntryRole) throws {
        if kind == .empty && entry.isAlone { throw ExportError(.noTables, entry: entry.origin, why: "the input is empty") }
        // Rows may begin with raw bytes: only a lone file is refused for that.
        if kind == .text || kind == .empty || (kind == .unknownBinary && !entry.isAlone) { return }
        if case .data(let data) = role, options.format == .csv && data.format != .sql { return }
        // UTF-16 without a mark is full of zeros: what the user says it is, it is.
        if kind == .unknownBinary, let encoding = options.encoding, Charset(named: encoding)?.isASCIICompatible == false { return }
        var isData = entry.isAlone
        if case .data = role { isData = true }
        if !isData && (kind == .html || kind == .xml || kind == .sqlite) { return }
        throw ExportError(.notConvertible, entry: entry.origin, why: "this is \(kind.explanation)")
    }

    private static func declaresTables(_ head: UnsafeRawBufferPointer) -> Bool {
        String(decoding: head, as: UTF8.self).uppercased().contains("CREATE TABLE")
    }

    /// Where the structure will be that a part cannot be read without; nil: it can be.
    private func missing(for part: DataPart, isAlone: Bool = false) throws -> String? {
        if isAlone { return nil }
        if try structures.knows(place: part.place) { return try placeOfMissingTypes(at: part.place) }
        let namesKnown = options.csv.columns != nil || part.format == .csv(header: true) || options.csv.hasHeader == true
        return options.values.types == .text && namesKnown ? nil : part.place
    }

    private func placeOfMissingTypes(at place: String) throws -> String? {
        options.values.types == .text ? nil : try structures.placeOfMissingTypes(at: place)
    }

    private func emptyPart(_ part: DataPart, _ origin: String) throws {
        let known = try structures.table(at: part, options.dialect)
        guard options.tables.wants(known.name) else { return }
        tablesMet += 1
        events.append(.table(known.name, known.schema?.columns ?? []))
        events.append(.entry(origin, known.name))
    }

    private func learn(_ place: String, _ folders: [String], _ isPostgres: Bool?, _ source: any ByteSource, _ origin: String) throws {
        if let schema = try structures.learn(place: place, folders: folders, isPostgres: isPostgres, source: source, origin: origin),
            options.tables.wants(schema.name) {
            tablesMet += 1
            let types = structures.isComplete ? nil : try placeOfMissingTypes(at: place)
            if let types, input.isSeekable { try structures.lookAhead(in: input, for: types) }
            if let types, !input.isSeekable { untold[types, default: []].append(place) } else { try tell(place) }
        }
        for table in untold.removeValue(forKey: place) ?? [] { try tell(table) }
        try release(place)
    }

    /// Of the table at a place, with its columns.
    private func tell(_ place: String) throws {
        if let schema = try structures.known(at: place)?.schema { events.append(.table(schema.name, schema.columns)) }
    }

    /// Data that has waited for this structure goes next, in its order.
    private func release(_ place: String) throws {
        for index in waitingAt.removeValue(forKey: place) ?? [] {
            guard let part = waiting[index] else { continue }
            if case .data(let data) = part.role, let next = try missing(for: data) {
                waitingAt[next, default: []].append(index)
                continue
            }
            ready.append(part)
            waiting[index] = nil
        }
    }

    private func readOrWait(_ part: WaitingPart, for place: String?) throws {
        guard let place, !structures.isComplete else { return try begin(part) }
        if input.isSeekable {
            try structures.lookAhead(in: input, for: place)
            if case .data(let data) = part.role, let types = try missing(for: data), !structures.isComplete { try structures.lookAhead(in: input, for: types) }
            return try begin(part)
        }
        guard case .source(let source) = part.bytes else { return }
        var spooled = part
        spooled.bytes = .spooled(try spool.add(source))
        waitingAt[place, default: []].append(waiting.count)
        waiting.append(spooled)
    }

    // MARK: Rows

    private func begin(_ part: WaitingPart) throws {
        let source: any ByteSource, isSpooled: Bool
        switch part.bytes {
        case .source(let given): (source, isSpooled) = (given, false)
        case .spooled(let segment): (source, isSpooled) = (spool.source(segment), true)
        }
        switch part.role {
        case .data(let data):
            let known = try structures.table(at: data, options.dialect)
            guard options.tables.wants(known.name) else { return }
            tablesMet += 1
            if let schema = known.schema { events.append(.table(schema.name, schema.columns)) }
            let reader = try DataReaders.reader(for: data, known: known, source: source, origin: part.origin, options: options, setup: setup, catalog: structures.catalog)
            self.reader = Reading(reader: reader, origin: part.origin, table: known.name, role: part.role, isDoubtful: part.isDoubtful, isSpooled: isSpooled)
        case .dump(let database, _, _):
            let reader = try DataReaders.dumpReader(source, database: database, origin: part.origin, options: options, setup: setup, catalog: structures.catalog)
            self.reader = Reading(reader: reader, origin: part.origin, table: nil, role: part.role, isSpooled: isSpooled)
        case .structure, .ignored: break
        }
    }

    private func readOn() throws {
        guard var reading = reader else { return }
        let event: RowEvent?
        do {
            event = try reading.reader.next()
        } catch { throw ExportError.wrap(error, entry: reading.origin, table: reading.table) }
        switch event {
        case .rows(let batch):
            reading.hasRows = true
            if try options.tables.wants(batch.table) && !structures.catalog.isView(batch.table) {
                if reading.table != batch.table { tablesMet += 1 }
                reading.table = batch.table
                events.append(.rows(batch))
            } else {
                batch.recycle(setup)
            }
        case .fault(let fault, let table):
            if options.tables.wants(table) { events.append(.fault(fault, table, entry: reading.origin)) }
        case .declared(let schema):
            reading.firstDeclared = reading.firstDeclared ?? schema
            reading.declarations += 1
            if options.tables.wants(schema.name) {
                tablesMet += 1
                events.append(.table(schema.name, schema.columns))
            }
        case .view(let name): events.append(.view(name))
        case .warning(let text): events.append(.warning("\(reading.origin): \(text)", nil))
        case .cut(let text):
            if options.isStrict { throw ExportError(.damaged, entry: reading.origin, why: text) }
            events.append(.warning("\(reading.origin): \(text)", nil))
        case nil:
            try finish(reading)
            return
        }
        reader = reading
    }

    private func finish(_ reading: Reading) throws {
        reader = nil
        if case .data(let data) = reading.role, data.format == .sql, reading.isDoubtful && !reading.hasRows {
            throw ExportError(.badStructure, entry: reading.origin, table: reading.table, why: "there is no SQL in it", advice: "see --format csv")
        }
        if let csv = reading.reader as? CSVReader, let layout = csv.chosenLayout {
            events.append(.table(layout.table, layout.columns))
            for warning in layout.warnings { events.append(.warning(warning, layout.table)) }
        }
        // `orders.sql` beside `orders.txt` (mysqldump --tab) declares the table of the other.
        if case .dump(_, let place, _) = reading.role, !reading.hasRows, reading.declarations == 1, let schema = reading.firstDeclared {
            try structures.remember(schema, at: place, .mysql)
            try release(place)
        }
        events.append(.entry(reading.origin, reading.table))
    }
}
