import BackupArchives
import BackupBytes
import BackupLake
import BackupRows
import BackupText
import Foundation

/// Walks one input from front to back: entries to tables, structures before data, rows in batches.
///
/// What cannot be converted yet, because its structure has not come, waits: a seekable input is looked through for
/// structures first (as far as the one that is needed); from a pipe the data waits in a `WaitingRoom`.
final class ExportWalk {
    let input: ExportInput
    let options: ExportOptions
    let setup: ReaderSetup
    /// nil: an earlier walk has met all entries.
    let entries: Unpacking?
    /// What outlives the process lies here; nil where nobody is to go on.
    let logs: WorkFolder.Logs?
    let structures: Structures
    let waiting: WaitingRoom
    var work: Work?
    var events: [WalkEvent] = []
    let seenPaths: RecordLog<PathMet>
    let homes: TableHomes
    var survey: DumpSurvey?
    let counter: ByteCounter
    /// nil for a stream.
    let watch: InputWatch?
    var bytesAtEntry = 0
    /// The file that was met last, and how many of its bytes an earlier walk had read.
    var current: PeekedSource?
    var currentStart = 0
    var tablesMet = 0
    let seenTables: KeyIndex
    var tablesSeen = 0
    private(set) var entriesMet = 0
    /// All entries have been met.
    var isOver = false

    enum Work {
        case reading(Reading)
        case layingAside(RowFile, for: String, Spool.Segment)
    }

    struct Reading {
        var reader: DataReader
        var file: RowFile
        var table: TableName?
        /// The first table it declares, and how many.
        var firstDeclared: TableSchema?
        var declarations = 0
        var hasRows = false
        /// Where it lies in the spool, and what inflates it.
        var spooled: (segment: Spool.Segment, layer: any InflatingSource)?

        var holdsNoSQL: Bool { file.isDoubtfulSQL && !hasRows }
    }

    /// `place`: where an earlier walk of the same input was; its logs are taken up.
    init(
        _ input: ExportInput, options: ExportOptions, setup: ReaderSetup, counter: ByteCounter,
        logs: WorkFolder.Logs? = nil, at place: WalkPlace? = nil
    ) throws {
        self.input = input
        self.options = options
        var setup = setup
        setup.columnLimit = options.limits.columns
        setup.skipsUnknownStatements = options.unknownStatements == .skip
        self.setup = setup
        self.logs = logs
        self.counter = counter
        watch = input.watch
        let folder = options.spoolPlace
        structures = try Structures(input, options: options, setup: setup, logs: logs, at: place?.structures)
        waiting = try WaitingRoom(options, logs: logs, at: place?.waiting)
        seenPaths =
            if let logs, let place { try .reopen(path: logs.paths, length: place.paths, folder: folder) } else {
                RecordLog(path: logs?.paths, folder: folder)
            }
        homes = try TableHomes(logs?.homes, folder: folder, length: place?.homes)
        seenTables = KeyIndex(folder: folder)
        do {
            var entry: Entry?
            if let place {
                (entries, entry) = try input.entries(
                    at: place, limits: options.limits.unpacking, counter: counter, watch: watch, readsAhead: .callers,
                    resumeFolder: folder)
                try goOn(entry, at: place)
            } else {
                entries = try input.entries(
                    limits: options.limits.unpacking, counter: counter, watch: watch, readsAhead: .callers,
                    resumeFolder: logs == nil ? nil : folder)
            }
        } catch { throw ExportError.wrap(error, entry: input.name) }
    }

    // MARK: Going on later

    func goOn(_ entry: Entry?, at place: WalkPlace) throws {
        (tablesMet, entriesMet, bytesAtEntry) = (place.tablesMet, place.entriesMet, place.bytesBefore)
        if case .file(_, let source) = entry?.content { current = source as? PeekedSource }
        currentStart = place.unpacking?.offset ?? 0
        isOver = place.unpacking == nil
        survey = place.survey
        guard place.work.file.isPossible else { throw RecordDamaged() }
        switch place.work {
        case .reading(let file, let table, let readerPlace):
            guard let current else { throw RecordDamaged() }
            work = .reading(
                Reading(reader: try reader(of: file, current, at: readerPlace), file: file, table: table, hasRows: true)
            )
        case .readingAgain(let file, let table, let readerPlace, let segment, let inflated):
            let layer = try waiting.spool.source(segment, from: inflated)
            guard try layer.advance(from: inflated.inflated, to: readerPlace.offset) else { throw RecordDamaged() }
            let reader = try reader(of: file, segment.isLong ? ReadAhead(layer) : layer, at: readerPlace)
            work = .reading(Reading(reader: reader, file: file, table: table, hasRows: true, spooled: (segment, layer)))
        case .layingAside(let file, let place, let segment):
            try waiting.spool.check(segment)
            work = .layingAside(file, for: place, segment)
        }
    }

    /// Where another process can go on, and what may be done when that is certain; nil where it cannot just now.
    func place() throws -> (WalkPlace, whenKept: @Sendable () -> Void)? {
        guard logs != nil, events.isEmpty, let work else { return nil }
        var offset = currentStart + (current?.taken ?? 0)
        let placeOfWork: WalkPlace.Work
        switch work {
        case .reading(let reading):
            guard reading.hasRows, let readerPlace = reading.reader.resumePoint else { return nil }
            if let (segment, layer) = reading.spooled {
                guard let inflated = layer.resumePoint(upTo: readerPlace.offset) else { return nil }
                placeOfWork = .readingAgain(reading.file, reading.table, readerPlace, segment, inflated)
            } else {
                offset = readerPlace.offset
                placeOfWork = .reading(reading.file, reading.table, readerPlace)
            }
        case .layingAside(let file, let place, let segment):
            placeOfWork = .layingAside(file, for: place, segment)
        }
        guard let (room, freed) = try waiting.place() else { return nil }
        let unpacking = isOver ? nil : entries?.resumePoint(offset: offset)
        let source =
            isOver ? input.resumePoint(upTo: .max) : unpacking?.shortcut.flatMap { input.resumePoint(upTo: $0.input) }
        return (
            WalkPlace(
                unpacking: unpacking, source: source, work: placeOfWork,
                structures: try structures.place(), waiting: room, paths: try seenPaths.flush(),
                homes: try homes.flush(), survey: survey, tablesMet: tablesMet, entriesMet: entriesMet,
                bytesBefore: unpacking == nil ? counter.count : bytesAtEntry),
            freed
        )
    }

    var spoolCost: SpoolCost { waiting.spool.cost }
    /// For other threads; nil where an earlier walk has met all entries. What is to be inflated ahead of the walk is
    /// left to its callers.
    var control: UnpackingControl? { entries?.control }

    /// The next event; nil at the end of the input.
    func next() throws -> WalkEvent? {
        while true {
            if !events.isEmpty { return try counted(events.removeFirst()) }
            switch work {
            case .reading(let reading):
                try readOn(reading)
                continue
            case .layingAside(let file, let place, let segment):
                try layAside(file, for: place, segment)
                continue
            case nil: break
            }
            do {
                if let guest = try waiting.next() {
                    try admit(guest)
                    continue
                }
                if let entry = try entries?.next() { try meet(entry) } else if try !endOfEntries() { return nil }
            } catch { throw ExportError.wrap(error, entry: input.name) }
        }
    }

    func counted(_ event: WalkEvent) throws -> WalkEvent {
        let table: TableName? =
            switch event {
            case .table(let name, _): name
            case .rows(let batch): batch.table
            default: nil
            }
        guard let table, try seenTables.insert(table) else { return event }
        tablesSeen += 1
        if tablesSeen > options.limits.tables {
            throw ExportError(
                .overLimit, entry: input.name, why: "it has more than \(options.limits.tables) tables",
                advice: "see --table-limit, --table")
        }
        return event
    }

    /// At the end of the entries: dumps that wait for each other go on, and then what still waits for a structure,
    /// without one. false when nothing is left.
    func endOfEntries() throws -> Bool {
        if !isOver {
            isOver = true
            try waiting.release(Self.placeOfOtherDumps)
            return true
        }
        if !structures.isComplete {
            try tellGaps()
            structures.isComplete = true
            waiting.releaseAll()
            return true
        }
        if entriesMet == 0 { throw ExportError(.noTables, entry: input.name, why: "the input is empty") }
        if tablesMet == 0 {
            let why =
                options.tables == TableFilter()
                ? "there are no tables in it" : "there is no table in it that --table and --exclude leave"
            throw ExportError(.noTables, entry: input.name, why: why, advice: "see `sluice inspect`")
        }
        return false
    }

    // MARK: Entries

    func meet(_ entry: Entry) throws {
        guard case .file(let kind, let source) = entry.content else {
            if case .refused(let why) = entry.content, !why.isEmpty {
                events.append(.warning("\(entry.origin) was skipped: \(why)", nil))
            }
            return
        }
        entriesMet += 1
        bytesAtEntry = counter.count
        (current, currentStart) = (source as? PeekedSource, 0)
        let path = entry.path.pathParts.filter { $0 != "." }.joined(separator: "/")
        if !entry.isAlone, try !isNew(path), options.duplicates == .error {
            throw ExportError(
                .damaged, entry: entry.origin, why: "the archive has two entries of this path",
                advice: "see --duplicates append")
        }
        let head = try (source as? PeekedSource)?.peek(4096) ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let role = EntryRole(entry, head: head, options: options)
        if case .data(let data) = role {
            if let part = data.shell {
                structures.shell.note(part)
            } else if data.otherwise == nil, !options.tables.mayWant(data) {
                return
            }
        }
        if entry.isLitter && !entry.isAlone { return skipStray(entry) }
        try options.refuse(kind, entry, role)
        let file = RowFile(
            role: role, origin: entry.origin, isDoubtful: !SQLHead.mayBeSQL(head), isEmpty: kind == .empty)
        switch role {
        case .ignored:
            if entry.isKnownBystander && !entry.isAlone { return skipStray(entry) }
            if kind == .text && !entry.path.hasSuffix(".sql") {
                events.append(.warning("\(entry.origin) was not converted: nothing tells that it holds rows", nil))
            }
        case .structure(let place, let folders, let isPostgres):
            try learn(place, folders, isPostgres, source, entry.origin)
            note(structures.strays())
        case .shell(let file): try learn(file, source, entry.origin)
        case .data(let data):
            if entry.isKnownBystander && !entry.isAlone && !data.isTree { return skipStray(entry) }
            if let peeked = source as? PeekedSource { try structures.learnRoot(data, peeked, entry.origin) }
            // An empty file of a stream is told by what is known so far; one of MySQL Shell is nothing without the
            // metadata of its table.
            if kind == .empty && (entry.isAlone || !input.isSeekable && data.shell == nil) {
                try emptyPart(data, entry.origin)
            } else {
                try readOrWait(file, source, for: entry.isAlone ? nil : structures.missing(for: data))
            }
        case .dump(_, let place, let waits):
            if kind == .empty { return }
            let (role, waitsForOthers) = try self.role(ofDump: role, entry)
            if try structures.isStrayDump(at: place) { return skipStray(entry) }
            let file = RowFile(role: role, origin: entry.origin)
            if waitsForOthers { return try readOrWait(file, source, for: Self.placeOfOtherDumps) }
            let isOnItsOwn = try !waits || SQLHead.declaresTables(head) || structures.knows(place: place)
            try readOrWait(file, source, for: isOnItsOwn ? nil : place)
        }
    }

    func isNew(_ path: String) throws -> Bool {
        guard try seenPaths.number(of: path) == nil else { return false }
        try seenPaths.put(PathMet(), for: path)
        return true
    }

    func learn(
        _ place: String, _ folders: [String], _ isPostgres: Bool?, _ source: any ByteSource, _ origin: String
    ) throws {
        if let schema = try structures.learn(
            place: place, folders: folders, isPostgres: isPostgres, source: source, origin: origin),
            options.tables.wants(schema.name)
        {
            tablesMet += 1
            let types = structures.isComplete ? nil : try structures.placeOfMissingTypes(at: place)
            if let types, input.isSeekable { try structures.lookAhead(for: types) }
            if let types, !input.isSeekable { try waiting.add(.table(at: place), for: types) } else { try tell(place) }
        }
        if structures.isView(place: place) {
            events.append(.view(try structures.viewName(at: folders, options.dialect)))
        }
        try waiting.release(place)
    }

    /// Of the table at a place, with its columns.
    func tell(_ place: String) throws {
        if let schema = try structures.known(at: place)?.schema { events.append(.table(schema.name, schema.columns)) }
    }

    func readOrWait(_ file: RowFile, _ source: any ByteSource, for place: String?) throws {
        guard let place, !structures.isComplete else { return try begin(file, source) }
        guard input.isSeekable else {
            work = .layingAside(file, for: place, waiting.spool.begin())
            return
        }
        try structures.lookAhead(for: place)
        if case .data(let data) = file.role, let types = try structures.missing(for: data), !structures.isComplete {
            try structures.lookAhead(for: types)
        }
        try begin(file, source)
    }
}
