import BackupArchives
import BackupBytes
import BackupLake
import BackupRows
import BackupText
import Foundation
import Metrics
import Synchronization

/// One run: inputs to a sink.
///
///     inflate ahead  →  walk (mark), one thread at a time  →  emit, by the thread that has marked  →  in order, one thread at a time: count, reject, write  →  hash
///
/// Each arrow is bounded, so memory is a constant number of slabs.
final class Conversion: @unchecked Sendable {
    private let inputs: [ExportInput]
    private let options: ExportOptions
    private let conversion: ConversionOptions
    private let sink: any RowSink
    private let onProgress: (@Sendable (ConversionProgress) -> Void)?
    private let onEvent: (@Sendable (ConversionEvent) -> Void)?
    private let setup: ReaderSetup
    private let outputPool = SlabPool(limit: 16)
    private let counter = ByteCounter()
    private let isCancelled = Atomic<Bool>(false)
    private let currentWalk = CurrentWalk()

    private var report: ConversionReport
    private var tables: ReportedTables { report.tables }
    /// How many tables were known when this input began: several inputs may not mix in one table.
    private var tablesOfEarlierInputs: Int32 = 0
    private var progress = ConversionProgress()
    private var rejects: Rejects?
    private var current: TableName?
    /// Who keeps checkpoints, where an earlier run was, and what a checkpoint costs.
    private let checkpoints: FolderSink?
    /// The sink, if it is one that leaves some of its work behind the writing.
    private let folder: FolderSink?
    private var unfinished: ResumePoint?
    private let checkpointCost = Mutex(Duration.zero)
    private var bytesOfEarlierInputs = 0
    private let began = ContinuousClock.now
    private var secondsBefore = 0.0

    init(
        _ inputs: [ExportInput], options: ExportOptions, conversion: ConversionOptions, sink: any RowSink,
        onProgress: (@Sendable (ConversionProgress) -> Void)?, onEvent: (@Sendable (ConversionEvent) -> Void)?
    ) {
        self.inputs = inputs
        self.options = options
        self.conversion = conversion
        self.sink = sink
        self.onProgress = onProgress
        self.onEvent = onEvent
        var setup = ReaderSetup()
        setup.lines = LineFormat(values: options.values, tagKey: options.tagKey)
        setup.recordLimit = min(options.limits.record, ReaderSetup.usualRecordLimit)
        self.setup = setup
        folder = sink as? FolderSink
        checkpoints = folder?.workFolder == nil ? nil : folder
        report = ConversionReport(
            tables: ReportedTables(log: RecordLog(path: folder?.workFolder?.tables, folder: options.spoolPlace)))
    }

    /// Stops at the next batch; `run` then throws `CancellationError`.
    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
        currentWalk.cancel()
    }

    /// What comes out of the pipeline, in order: batches that were emitted, and what needs no work.
    private enum Result: @unchecked Sendable {
        case rows(EmittedRows, [Lines], TableName, layout: RowLayout, origin: String)
        case event(WalkEvent)
        case endOfInput(SpoolCost)
        case place(WalkPlace, input: Int, whenKept: @Sendable () -> Void)
    }

    /// Blocks its thread until all is done.
    func run() throws -> ConversionReport {
        report.inputs = inputs.map(\.name)
        report.options = ConversionReport.describe(options, conversion)
        do { try prepare() } catch {
            sink.abandon(report)
            throw ExportError.wrap(error, entry: nil)
        }
        progress.inputTotal = inputs.reduce(Optional(0)) { sum, input in
            sum.flatMap { sum in input.length.map { sum + $0 } }
        }
        let workers =
            conversion.jobs > 0
            ? conversion.jobs : min(ProcessInfo.processInfo.activeProcessorCount, ConversionOptions.mostJobs)
        let walk = makeWalk()
        let work = OrderedWork<RowBatch, Result>(workers: workers, capacity: workers * 2 + 2) {
            try walk.next().map(Self.step)
        } isAtHand: { [currentWalk] in
            currentWalk.isAtHand
        } prepare: { [currentWalk] in
            currentWalk.inflateAhead()
        } settle: { [folder] in
            folder?.hashOn() ?? false
        } makeWorker: { [self] in
            makeWorker()
        } deliver: { [self] result in
            try take(result)
            if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
        }
        defer {
            work.cancel()
            currentWalk.cancel()
            work.join()
        }
        do {
            try work.start()
            try work.wait()
            if let current { try sink.pause(current) }
            finishReport()
            try sink.commit(report)
        } catch {
            finishReport()
            sink.abandon(report)
            conversion.logger.error("the conversion ended early: \(error)")
            throw ExportError.wrap(error, entry: nil)
        }
        conversion.logger.tell(report)
        Counter(label: "sluice.rows").increment(by: report.rows)
        Counter(label: "sluice.output.bytes").increment(by: report.bytes)
        return report
    }

    private func prepare() throws {
        unfinished = try folder?.unfinished?.state()
        if let unfinished { try takeUp(unfinished) }
        guard case .file(let path, let limit) = conversion.rejects else { return }
        rejects = try Rejects(path: path, limit: limit, at: unfinished?.rejects) {
            isCancelled.load(ordering: .relaxed)
        }
    }

    private func finishReport() {
        report.inputBytes = counter.count
        report.seconds = secondsBefore + (ContinuousClock.now - began).seconds
    }

    // MARK: The walk

    private func makeWalk() -> ConversionWalk {
        ConversionWalk(inputs, from: unfinished?.input ?? 0, current: currentWalk) { [self] in
            isCheckpointDue(since: $0)
        } open: { [self] input, number in
            try ExportWalk(
                input, options: options, setup: setup, counter: counter,
                logs: checkpoints?.workFolder?.logs(ofInput: number),
                at: number == unfinished?.input ? unfinished?.walk : nil, readsAhead: .callers)
        }
    }

    private static func step(_ step: ConversionWalk.Step) -> OrderedWork<RowBatch, Result>.Step {
        switch step {
        case .event(.rows(let batch)): .work(batch)
        case .event(let event): .ready(.event(event))
        case .place(let place, let input, let whenKept): .ready(.place(place, input: input, whenKept: whenKept))
        case .endOfInput(let cost): .ready(.endOfInput(cost))
        }
    }

    /// As often as asked for, and never so often that it takes a twentieth of the time.
    private func isCheckpointDue(since last: ContinuousClock.Instant) -> Bool {
        guard checkpoints != nil else { return false }
        if conversion.checkpointInterval == .zero { return true }
        return ContinuousClock.now - last >= max(conversion.checkpointInterval, checkpointCost.withLock { $0 * 20 })
    }

    // MARK: The work

    private func makeWorker() -> (RowBatch) -> Result {
        let collects = if case .file = conversion.rejects { true } else { false }
        let emitter = Emitter(pool: outputPool, collectsFaults: collects)
        let compress = makeCompressor()
        return { [outputPool] batch in
            var emitted = emitter.emit(batch)
            let lines = emitted.chunks.map { chunk in
                let lines = Lines(chunk.slab, from: outputPool, rows: chunk.rows)
                return compress.map { compress in Lines(lines.withBytes(compress), rows: chunk.rows) } ?? lines
            }
            emitted.chunks = []
            return .rows(emitted, lines, batch.table, layout: batch.layout, origin: batch.origin)
        }
    }

    private func makeCompressor() -> ((UnsafeRawBufferPointer) -> Data)? {
        switch conversion.compression {
        case .none: return nil
        case .gzip:
            let compressor = GzipCompressor()
            return { compressor.member($0) }
        case .zstd:
            let compressor = ZstdCompressor()
            return { compressor.frame($0) }
        }
    }

    // MARK: In order, one thread at a time

    private func take(_ result: Result) throws {
        switch result {
        case .rows(let rows, let lines, let table, let layout, let origin):
            try take(rows, lines, of: table, layout, origin)
        case .event(let event): try take(event)
        case .endOfInput(let cost):
            report.spool.add(cost)
            tablesOfEarlierInputs = tables.numbersGiven
            bytesOfEarlierInputs = counter.count
        case .place(let place, let input, let whenKept):
            try keep(place, input: input)
            whenKept()
        }
    }

    // MARK: Checkpoints

    private func keep(_ place: WalkPlace, input: Int) throws {
        let began = ContinuousClock.now
        try checkpoints?.keep(
            ResumePoint(
                input: input, walk: place, tables: tables.flush(), tablesOfEarlierInputs: tablesOfEarlierInputs,
                bytesOfEarlierInputs: bytesOfEarlierInputs, current: current, warnings: report.warnings,
                spool: report.spool, rejects: rejects?.place(),
                progress: .init(rows: progress.rows, bytes: progress.outputBytes),
                seconds: secondsBefore + (began - self.began).seconds))
        checkpointCost.withLock { $0 = ContinuousClock.now - began }
        tell(.checkpoint(rows: progress.rows))
    }

    private func takeUp(_ unfinished: ResumePoint) throws {
        guard inputs.indices.contains(unfinished.input) else { throw RecordDamaged() }
        guard let path = checkpoints?.workFolder?.tables else { return }
        report = ConversionReport(
            tables: ReportedTables(log: try .reopen(path: path, length: unfinished.tables, folder: options.spoolPlace)))
        report.inputs = inputs.map(\.name)
        report.options = ConversionReport.describe(options, conversion)
        (report.warnings, report.spool) = (unfinished.warnings, unfinished.spool)
        (tablesOfEarlierInputs, bytesOfEarlierInputs, current) = (
            unfinished.tablesOfEarlierInputs, unfinished.bytesOfEarlierInputs, unfinished.current
        )
        (progress.rows, progress.outputBytes, secondsBefore) = (
            unfinished.progress.rows, unfinished.progress.bytes, unfinished.seconds
        )
        counter.set(bytesOfEarlierInputs)
        tell(.wentOn(rows: progress.rows))
    }

    private func take(
        _ emitted: EmittedRows, _ lines: [Lines], of name: TableName, _ layout: RowLayout, _ origin: String
    ) throws {
        try enter(name, layout.outputColumns)
        try tables.change(name) { $0.note(emitted, layout, origin: origin) }
        for lines in lines {
            try lines.withBytes { try sink.write($0, rows: lines.rows, of: name) }
        }
        for fault in emitted.faults { try reject(fault, name, origin) }
        progress.rows += emitted.rows
        progress.outputBytes += emitted.bytes
        tellProgress()
    }

    private func take(_ event: WalkEvent) throws {
        switch event {
        case .rows, .laidAside: break
        case .table(let name, let columns):
            if let known = try tables.table(name), columns.isEmpty || !known.columns.isEmpty { return }
            // Of a CSV file: a table that SQL declares has a type for every column.
            let layout = RowLayout(table: name, columns: columns, spelling: RowSpelling(), lines: setup.lines)
            try declare(name, layout.outputColumns)
        case .fault(let fault, let table, let entry):
            try enter(table, [])
            try reject(fault, table, entry)
        case .view(let name):
            guard let known = try tables.table(name), known.rows == 0 else { return }
            if current == name { current = nil }
            try sink.drop(name)
            try tables.remove(name)
        case .dropped(let name, let isEmptied, let entry): try drop(name, isEmptied: isEmptied, entry)
        case .warning(let text, let table):
            if let table, try tables.contains(table) {
                try tables.change(table) { if !$0.warnings.contains(text) { $0.warnings.append(text) } }
            } else {
                report.warnings.append(text)
            }
            tell(.warning(text, table))
        case .entry(let origin, let table):
            if let table { try tables.change(table) { $0.note(entry: origin) } }
            tell(.entry(origin, table))
        }
        tellProgress()
    }

    /// Takes back what came of a table, for an entry that removes it or its rows after them.
    private func drop(_ name: TableName, isEmptied: Bool, _ entry: String) throws {
        guard let known = try tables.table(name) else { return }
        if let other = known.entries.first(where: { $0 != entry }) {
            throw ExportError(
                .badStatement, entry: entry, table: name,
                why: "it removes rows of a table that has rows of \(other), too", advice: "convert them apart")
        }
        if current == name { current = nil }
        if known.rows > 0 { try sink.discard(name) } else { try sink.drop(name) }
        try tables.remove(name)
        guard isEmptied else { return }
        var emptied = ConversionReport.Table(name: name, columns: known.columns)
        (emptied.rejected, emptied.entries, emptied.warnings) = (known.rejected, known.entries, known.warnings)
        try tables.add(emptied)
        try sink.begin(name, columns: known.columns)
    }

    /// `columns` are asked for where the table is new, not with every batch.
    private func declare(_ name: TableName, _ columns: @autoclosure () -> [OutputColumn]) throws {
        if try options.duplicates == .error && tables.contains(name, among: tablesOfEarlierInputs) {
            throw ExportError(
                .badStructure, table: name, why: "two inputs have a table of this name",
                advice: "see --duplicates append")
        }
        if let known = try tables.table(name) {
            if known.columns.isEmpty {
                let columns = columns()
                try tables.change(name) { $0.columns = columns }
            }
            return
        }
        let columns = columns()
        try tables.add(ConversionReport.Table(name: name, columns: columns))
        try sink.begin(name, columns: columns)
        tell(.table(name))
    }

    private func enter(_ name: TableName, _ columns: @autoclosure () -> [OutputColumn]) throws {
        try declare(name, columns())
        if let current, current != name { try sink.pause(current) }
        current = name
        progress.table = name
    }

    private func reject(_ fault: RowFault, _ table: TableName, _ entry: String) throws {
        guard let rejects else { throw ExportError(fault, entry: entry, table: table) }
        try tables.change(table) { $0.rejected += 1 }
        try rejects.add(fault, table: table, entry: entry)
        tell(.rejected(table, row: fault.row, reason: fault.code.reason))
    }

    private func tell(_ event: ConversionEvent) {
        conversion.logger.tell(event)
        onEvent?(event)
    }

    private func tellProgress() {
        guard let onProgress else { return }
        progress.inputBytes = counter.count
        onProgress(progress)
    }
}

extension RowLayout {
    var outputColumns: [OutputColumn] {
        zip(zip(keys, columns), jsonTypes).map { OutputColumn(name: $0.0, type: $0.1.type, json: $1) }
    }
}

extension SpoolCost {
    fileprivate mutating func add(_ other: SpoolCost) {
        parts += other.parts
        bytes += other.bytes
        compressedBytes += other.compressedBytes
        seconds += other.seconds
    }
}

extension ConversionReport.Table {
    fileprivate mutating func note(_ emitted: EmittedRows, _ layout: RowLayout, origin: String) {
        rows += emitted.rows
        bytes += emitted.bytes
        blank += emitted.blank
        replaced += emitted.replaced
        plainJSON += emitted.plainJSON
        for (column, count) in emitted.jsonNulls { jsonNulls[ExactText(layout.keys[column]), default: 0] += count }
        note(entry: origin)
    }

    fileprivate mutating func note(entry: String) {
        if entries.last != entry { entries.append(entry) }
    }
}
