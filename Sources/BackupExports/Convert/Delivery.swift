import BackupBytes
import BackupLake
import BackupRows

/// The end of a conversion's pipeline: what has become of the export, in its order, goes to the ledger and to the sink.
final class Delivery: PipelineConsumer {
    private let ledger: Ledger
    private let sink: any BlockSink
    /// nil: the sink cannot be resumed.
    private let resumable: (any ResumableSink)?
    private let keeper: CheckpointKeeper?
    private let observer: ConversionObserver
    private let setting: WalkSetting
    private let control: WalkControl
    /// When a checkpoint is due; nil: none are kept.
    let checkpoints: CheckpointTimer?

    init(
        _ ledger: Ledger, _ sink: ConversionSink, _ observer: ConversionObserver, _ setting: WalkSetting,
        _ control: WalkControl, checkpointInterval: Duration
    ) {
        self.ledger = ledger
        self.sink = sink.blocks
        resumable = sink.resumable
        self.observer = observer
        self.setting = setting
        self.control = control
        let timer = CheckpointTimer(interval: checkpointInterval)
        keeper = setting.workFolder == nil ? nil : sink.resumable.map { CheckpointKeeper($0, timer) }
        checkpoints = keeper == nil ? nil : timer
    }

    // MARK: The run

    /// Before the first delivery. `inputs`: how many there are.
    /// - Returns: where the run that this one resumes was.
    func begin(_ rejects: ConversionOptions.Rejects, inputs: Int) throws -> ConversionResumePoint? {
        let point: ConversionResumePoint? = try resumable?.unfinished?.state()
        if let point { try resume(at: point, inputs: inputs) }
        if case .file(let path, let limit) = rejects {
            let rejects = try Rejects(path: path, limit: limit, at: point?.rejects) { control.isCancelled }
            ledger.reject(into: rejects)
        }
        return point
    }

    private func resume(at point: ConversionResumePoint, inputs: Int) throws {
        guard (0 ..< inputs).contains(point.input) else { throw RecordDamaged() }
        guard let path = setting.workFolder?.tables else { return }
        ledger.resume(
            at: point, try .reopen(path: path, length: point.tables, folder: setting.options.temporaryFolder))
        setting.counter.set(point.bytesOfEarlierInputs)
        observer.report(.resumed(rows: point.progress.rows))
    }

    /// After the last delivery: all is made final.
    func end() throws -> ConversionReport {
        if let current = ledger.current { try sink.pause(current) }
        let report = ledger.finish(bytesRead: setting.counter.count)
        try sink.commit(report)
        return report
    }

    /// It has gone wrong: nothing is left that looks complete.
    func abandon() { sink.abandon(ledger.finish(bytesRead: setting.counter.count)) }

    // MARK: The pipeline's end

    func deliver(_ output: ConversionOutput) throws {
        switch output {
        case .lines(let batch): try write(batch)
        case .failure(let error): throw error
        case .event(let event): try follow(event)
        case .checkpoint(let walk):
            try keeper?.keep(walk, of: ledger)
            observer.report(.checkpoint(rows: ledger.progress.rows))
        case .endOfInput(let cost, let bytesRead): ledger.endInput(cost, bytesRead: bytesRead)
        }
        if control.isCancelled { throw CancellationError() }
    }

    private func write(_ batch: LineBatch) throws {
        if !ledger.isDeclared(batch.layout) {
            try declare(batch.table, batch.layout.kind, batch.layout.outputColumns)
        }
        try enter(batch.table)
        if batch.layout.isOpen { try ledger.widen(batch.layout, limit: setting.options.limits.columns) }
        try ledger.note(batch)
        for block in batch.blocks { try sink.write(block, of: batch.table) }
        for fault in batch.emitted.faults { try reject(fault, of: batch.table, in: batch.origin) }
        reportProgress()
    }

    private func follow(_ event: WalkEvent) throws {
        switch event {
        case .rows, .spilled: break
        case .table(let name, let columns):
            if let known = try ledger.table(name), columns.isEmpty || !known.columns.isEmpty { return }
            // Of a CSV file: a table that SQL declares has a type for every column.
            let layout = RowLayout(
                table: name, columns: columns, spelling: RowSpelling(), lines: setting.setup.lines)
            try declare(name, .rows, layout.outputColumns)
        case .fault(let fault, let table, let entry):
            try declare(table, fault.code == .badChange ? .changes : .rows, [])
            try enter(table)
            try reject(fault, of: table, in: entry)
        case .view(let name):
            guard let known = try ledger.table(name), known.rows == 0 else { return }
            try sink.drop(name)
            try ledger.remove(name)
        case .dropped(let name, let isEmptied, let entry): try drop(name, isEmptied: isEmptied, by: entry)
        case .warning(let text, let table):
            try ledger.warn(text, of: table)
            observer.report(.warning(text, table))
        case .logs(let range): ledger.note(range)
        case .entry(let origin, let table):
            if let table { try ledger.note(entry: origin, of: table) }
            observer.report(.entry(origin, table))
        }
        reportProgress()
    }

    /// Removes what came of a table, for an entry that removes it or its rows after them.
    private func drop(_ name: TableName, isEmptied: Bool, by entry: String) throws {
        guard let known = try ledger.table(name) else { return }
        if let other = known.entries.first(where: { $0 != entry }) {
            throw ExportError(
                .badStatement, entry: entry, table: name,
                why: "it removes rows of a table that has rows of \(other), too", remedy: "convert them apart")
        }
        if known.rows > 0 { try sink.discard(name) } else { try sink.drop(name) }
        guard isEmptied else { return try ledger.remove(name) }
        try ledger.empty(known)
        try sink.begin(name, kind: known.kind, columns: known.columns)
    }

    private func declare(
        _ name: TableName, _ kind: TableKind, _ columns: @autoclosure () -> [OutputColumn]
    ) throws {
        // A structure beside the logs has declared it, and it has no rows.
        if kind != .rows, let known = try ledger.table(name), known.kind == .rows {
            guard known.rows == 0 else {
                throw ExportError(
                    .badStructure, table: name, why: "the input has both its rows and changes of it",
                    remedy: "convert them apart")
            }
            try sink.drop(name)
            try ledger.remove(name)
        }
        guard let columns = try ledger.declare(name, as: kind, columns()) else { return }
        try sink.begin(name, kind: kind, columns: columns)
        observer.report(.table(name))
    }

    private func enter(_ name: TableName) throws {
        if let left = ledger.enter(name) { try sink.pause(left) }
    }

    private func reject(_ fault: RowFault, of table: TableName, in entry: String) throws {
        try ledger.reject(fault, of: table, in: entry)
        observer.report(.rejected(table, row: fault.row, reason: fault.code.reason))
    }

    private func reportProgress() {
        observer.report(ledger.progress(bytesRead: setting.counter.count))
    }
}

extension RowLayout {
    var outputColumns: [OutputColumn] {
        zip(zip(keys, columns), jsonTypes).map { OutputColumn(name: $0.0, type: $0.1.type, json: $1) }
    }
}
