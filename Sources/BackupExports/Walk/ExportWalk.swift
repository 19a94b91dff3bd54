import BackupArchives
import BackupBytes
import BackupLake
import BackupRows
import BackupText
import Foundation

/// Walks one input from front to back: entries to tables, structures before data, rows in batches.
///
/// Rows whose structure has not come yet wait for it: a seekable input is searched for structures first (as far as the
/// one that is needed); data from a pipe is spilled (`PendingItems`).
final class ExportWalk {
    let input: ExportInput
    let options: ExportOptions
    let setup: ReaderSetup
    /// nil: an earlier walk has met all entries.
    let entries: EntriesAhead?
    /// Where the logs lie that outlive the process; nil where no process is to resume.
    let logs: WorkFolder.Logs?
    let structures: Structures
    /// What the binary logs of all inputs have in common.
    let changeLogs: ChangeLogs
    let pending: PendingItems
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
        case spilling(RowFile, for: String, Spill.Rows)
    }

    struct Reading {
        var reader: DataReader
        var file: RowFile
        var table: TableName?
        /// The first table it declares, and how many.
        var firstDeclared: TableSchema?
        var declarations = 0
        var hasRows = false
        /// Tables that rows of it were admitted for, since nothing was declared; some of them, where there are many.
        var admitted: Set<TableName> = []
        /// Where it has waited.
        var spilled: Spill.Reading?

        var holdsNoSQL: Bool { file.isDoubtfulSQL && !hasRows }
    }

    /// `point`: where an earlier walk of the same input was; its logs are opened again.
    init(
        _ input: ExportInput, options: ExportOptions, setup: ReaderSetup, counter: ByteCounter,
        given: GivenTables = GivenTables(), logs: WorkFolder.Logs? = nil, changeLogs: ChangeLogs = ChangeLogs(),
        at point: WalkResumePoint? = nil
    ) throws {
        self.input = input
        self.changeLogs = changeLogs
        self.options = options
        var setup = setup
        setup.columnLimit = options.limits.columns
        setup.skipsUnknownStatements = options.unknownStatements == .skip
        self.setup = setup
        self.logs = logs
        self.counter = counter
        watch = input.watch
        let folder = options.temporaryFolder
        structures = try Structures(
            input, options: options, setup: setup, given: given, logs: logs, at: point?.structures)
        pending = try PendingItems(options, logs: logs, isStream: !input.isSeekable, at: point?.pending)
        seenPaths =
            if let logs, let point { try .reopen(path: logs.paths, length: point.paths, folder: folder) } else {
                RecordLog(path: logs?.paths, folder: folder)
            }
        homes = try TableHomes(logs?.homes, folder: folder, length: point?.homes)
        seenTables = KeyIndex(folder: folder)
        do {
            let readsAhead = setup.hasManyWorkers ? ReadAhead.Driver.manyCallers : .callers
            var entry: Entry?, unpacking: Unpacking?
            if let point {
                (unpacking, entry) = try input.entries(
                    at: point, limits: options.limits.unpacking, counter: counter, watch: watch,
                    copy: pending.spill.copy, readsAhead: readsAhead, resumeFolder: folder)
            } else {
                unpacking = try input.entries(
                    limits: options.limits.unpacking, counter: counter, watch: watch, copy: pending.spill.copy,
                    readsAhead: readsAhead, resumeFolder: logs == nil && input.isSeekable ? nil : folder)
            }
            entries = unpacking.map { EntriesAhead($0, folder: folder, limit: options.limits.plainSpill) }
            if let point { try resume(entry, at: point) }
        } catch { throw ExportError.wrap(error, entry: input.name) }
    }

    // MARK: Resuming

    func resume(_ entry: Entry?, at point: WalkResumePoint) throws {
        (tablesMet, entriesMet, bytesAtEntry) = (point.tablesMet, point.entriesMet, point.bytesBefore)
        if case .file(_, let source) = entry?.content { current = source }
        currentStart = point.unpacking?.offset ?? 0
        isOver = point.unpacking == nil
        survey = point.survey
        guard point.work.file.isPossible else { throw RecordDamaged() }
        switch point.work {
        case .reading(let file, let table, let readerPoint):
            guard let current else { throw RecordDamaged() }
            work = .reading(
                Reading(reader: try reader(of: file, current, at: readerPoint), file: file, table: table, hasRows: true)
            )
        case .readingSpilled(let file, let table, let readerPoint, let rows, let spillPoint):
            let spilled = try pending.spill.read(
                rows, from: spillPoint, offset: readerPoint.offset, isAhead: !file.isRanged)
            let reader = try reader(of: file, spilled.source, spilledAs: rows, at: readerPoint)
            work = .reading(Reading(reader: reader, file: file, table: table, hasRows: true, spilled: spilled))
        case .spilling(let file, let location, let rows):
            try pending.spill.check(rows, isWhole: false)
            work = .spilling(file, for: location, rows)
        }
    }

    /// Where another process can resume, and what may be done when that is on disk; nil where it cannot just now.
    func resumePoint() throws -> (WalkResumePoint, whenKept: @Sendable () -> Void)? {
        guard logs != nil, events.isEmpty, let work else { return nil }
        var offset = currentStart + (current?.consumed ?? 0)
        let pointOfWork: WalkResumePoint.Work
        switch work {
        case .reading(let reading):
            guard reading.hasRows, let readerPoint = reading.reader.resumePoint else { return nil }
            if let spilled = reading.spilled {
                guard let point = spilled.point(readerPoint.offset) else { return nil }
                pointOfWork = .readingSpilled(reading.file, reading.table, readerPoint, spilled.rows, point)
            } else {
                offset = readerPoint.offset
                pointOfWork = .reading(reading.file, reading.table, readerPoint)
            }
        case .spilling(let file, let location, let rows):
            pointOfWork = .spilling(file, for: location, rows)
        }
        guard let (room, freed) = try pending.resumePoint() else { return nil }
        let unpacking = isOver ? nil : entries?.resumePoint(offset: offset)
        let source =
            isOver ? input.resumePoint(upTo: .max) : unpacking?.shortcut.flatMap { input.resumePoint(upTo: $0.input) }
        return (
            WalkResumePoint(
                unpacking: unpacking, source: source, work: pointOfWork,
                structures: try structures.resumePoint(), pending: room, paths: try seenPaths.flush(),
                homes: try homes.flush(), survey: survey, tablesMet: tablesMet, entriesMet: entriesMet,
                bytesBefore: unpacking == nil ? counter.count : bytesAtEntry),
            freed
        )
    }

    var spillCost: SpillCost { pending.spill.cost }
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
            case .spilling(let file, let location, let rows):
                try spill(file, for: location, rows)
                continue
            case nil: break
            }
            do {
                if let item = try pending.next() {
                    try admit(item)
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
                remedy: "see \(.tableLimit), \(.tables)")
        }
        return event
    }

    /// At the end of the entries: dumps that wait for each other are released, then what still waits for a structure,
    /// without one. false when nothing is left.
    func endOfEntries() throws -> Bool {
        if !isOver {
            isOver = true
            try pending.release(Self.locationOfOtherDumps)
            return true
        }
        if !structures.isComplete {
            try reportGaps()
            structures.isComplete = true
            pending.releaseAll()
            return true
        }
        if entriesMet == 0 { throw ExportError(.noTables, entry: input.name, why: "the input is empty") }
        if tablesMet == 0 {
            if options.tables == TableFilter() {
                throw ExportError(
                    .noTables, entry: input.name, why: "there are no tables in it", remedy: "see \(.inspection)")
            }
            throw ExportError(
                .noTables, entry: input.name, why: "there is no table in it that is to be read",
                remedy: "see \(.tables), \(.excludedTables), \(.inspection)")
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
        (current, currentStart) = (source, 0)
        pending.spill.copy?.pass(to: entries?.resumePoint(offset: 0))
        let path = entry.path.pathParts.filter { $0 != "." }.joined(separator: "/")
        if !entry.isAlone, try !isNew(path), options.duplicates == .error {
            throw ExportError(
                .damaged, entry: entry.origin, why: "the archive has two entries of this path",
                remedy: "see \(.duplicates, "append")")
        }
        let head = try source.peek(EntryRole.headLength)
        let role = EntryRole(entry, head: head, options: options)
        if case .data(let data) = role {
            if let part = data.shell { structures.shell.note(part) }
            if isPassedBy(data) { return }
        }
        if entry.isLitter && !entry.isAlone { return skipStray(entry) }
        try options.refuse(kind, entry, role)
        let file = RowFile(
            role: role, origin: entry.origin, isDoubtful: !SQLHead.mayBeSQL(head), isEmpty: kind == .empty)
        switch role {
        case .log:
            tablesMet += 1
            try begin(file, source)
        case .ignored:
            if entry.isKnownBystander && !entry.isAlone { return skipStray(entry) }
            if kind == .text && !entry.path.hasSuffix(".sql") {
                events.append(.warning("\(entry.origin) was not converted: nothing shows that it holds rows", nil))
            }
        case .structure(let location, let folders, let isPostgres):
            try learn(location, folders, isPostgres, source, entry.origin)
            note(structures.strays())
        case .shell(let file): try learn(file, source, entry.origin)
        case .data(let data):
            if entry.isKnownBystander && !entry.isAlone && !data.isTree { return skipStray(entry) }
            try structures.learnRoot(data, source, entry.origin)
            // An empty file of a stream is named by what is known so far; one of MySQL Shell is nothing without the
            // metadata of its table.
            if kind == .empty && (entry.isAlone || !input.isSeekable && data.shell == nil) {
                try emptyPart(data, entry.origin)
            } else {
                try readOrWait(file, source, for: entry.isAlone ? nil : structures.missing(for: data))
            }
        case .dump(_, let location, let waits):
            if kind == .empty { return }
            if !waits { structures.dumpsNotLearned += 1 }
            let (role, waitsForOthers) = try self.role(ofDump: role, entry)
            if try structures.isStrayDump(at: location) { return skipStray(entry) }
            let file = RowFile(role: role, origin: entry.origin)
            if waitsForOthers { return try readOrWait(file, source, for: Self.locationOfOtherDumps) }
            let isOnItsOwn = try !waits || SQLHead.declaresTables(head) || structures.knows(location: location)
            try readOrWait(file, source, for: isOnItsOwn ? nil : location)
        }
    }

    func isNew(_ path: String) throws -> Bool {
        guard try seenPaths.number(of: path) == nil else { return false }
        try seenPaths.put(PathMet(), for: path)
        return true
    }

    func learn(
        _ location: String, _ folders: [String], _ isPostgres: Bool?, _ source: PeekedSource, _ origin: String
    ) throws {
        if let schema = try structures.learn(
            location: location, folders: folders, isPostgres: isPostgres, source: source, origin: origin),
            options.tables.wants(schema.name)
        {
            tablesMet += 1
            let types = structures.isComplete ? nil : try structures.locationOfMissingTypes(at: location)
            if let types, input.isSeekable { try lookAhead(for: types) }
            if let types, !input.isSeekable {
                try pending.add(.table(at: location), for: types)
            } else {
                try reportTable(at: location)
            }
        }
        if structures.isView(location: location) {
            events.append(.view(try structures.viewName(at: folders, options.dialect)))
        }
        try pending.release(location)
    }

    /// The table at a location, with its columns.
    func reportTable(at location: String) throws {
        if let schema = try structures.known(at: location)?.schema {
            events.append(.table(schema.name, schema.columns))
        }
    }
}
