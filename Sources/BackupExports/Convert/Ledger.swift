import BackupBytes
import BackupLake
import BackupRows

/// What a conversion has made so far: tables, counts, warnings and rejected rows, in the order of the export. It writes
/// no lines and knows no thread.
final class Ledger {
    private(set) var report: ConversionReport
    /// Rows and bytes of this run and those that it resumes, and the table they are of.
    private(set) var progress = ConversionProgress()
    /// The table that rows came of last.
    private(set) var current: TableName?
    /// Several inputs may not have tables in common.
    private let keepsInputsApart: Bool
    private var earlierInputs = EarlierInputs()
    /// Tables that are declared, by the layouts of their batches.
    private var declared = DeclaredLayouts()
    private var rejects: Rejects?
    private var clock = RunClock()
    /// Layouts whose columns are known to be among those of their table: the last ones.
    private var openLayouts: [RowLayout] = []
    private static let layoutsKept = 32

    /// What was there when the current input began.
    private struct EarlierInputs {
        /// Tables known, and bytes read.
        var tables: Int32 = 0
        var bytes = 0
    }

    /// `log`: where the tables are noted.
    init(_ log: sending RecordLog<ConversionReport.Table>, keepsInputsApart: Bool) {
        report = ConversionReport(tables: ReportedTables(log: log))
        self.keepsInputsApart = keepsInputsApart
    }

    private var tables: ReportedTables { report.tables }

    // MARK: The run

    /// What is converted, and how, for the manifest. Before `resume`.
    func describe(inputs: [String], total: Int?, options: [String: String]) {
        (report.inputs, report.options) = (inputs, options)
        progress.inputTotal = total
    }

    /// Rows that cannot be written go to `rejects`; without this, the first one is an error.
    func reject(into rejects: Rejects) { self.rejects = rejects }

    /// Resumes where an earlier run was; `log` holds what it had noted.
    func resume(at point: ConversionResumePoint, _ log: sending RecordLog<ConversionReport.Table>) {
        var resumed = ConversionReport(tables: ReportedTables(log: log))
        (resumed.inputs, resumed.options) = (report.inputs, report.options)
        (resumed.warnings, resumed.spill) = (point.warnings, point.spill)
        report = resumed
        current = point.current
        earlierInputs = EarlierInputs(tables: point.tablesOfEarlierInputs, bytes: point.bytesOfEarlierInputs)
        (progress.rows, progress.outputBytes) = (point.progress.rows, point.progress.bytes)
        clock = RunClock(secondsBefore: point.seconds)
    }

    /// What another run needs to resume at `walk`. All that was noted is in the files then.
    func resumePoint(at walk: WalkCheckpoint, began: ContinuousClock.Instant) throws -> ConversionResumePoint {
        ConversionResumePoint(
            input: walk.input, walk: walk.point, tables: try tables.flush(),
            tablesOfEarlierInputs: earlierInputs.tables, bytesOfEarlierInputs: earlierInputs.bytes, current: current,
            warnings: report.warnings, spill: report.spill, rejects: try rejects?.resumePoint(),
            progress: .init(rows: progress.rows, bytes: progress.outputBytes), seconds: clock.seconds(at: began))
    }

    /// An input has been read to its end, and so many bytes of all.
    func endInput(_ cost: SpillCost, bytesRead: Int) {
        report.spill.add(cost)
        earlierInputs = EarlierInputs(tables: tables.numbersGiven, bytes: bytesRead)
        declared.forget()
    }

    /// The report as it is now.
    func finish(bytesRead: Int) -> ConversionReport {
        report.inputBytes = bytesRead
        report.seconds = clock.seconds(at: .now)
        return report
    }

    /// How far the run is.
    func progress(bytesRead: Int) -> ConversionProgress {
        var progress = progress
        progress.inputBytes = bytesRead
        return progress
    }

    // MARK: Tables

    /// A table is known. `columns` are asked for where they are not known yet.
    /// - Returns: the columns of a table that is new; nil otherwise.
    func declare(
        _ name: TableName, as kind: TableKind = .rows, _ columns: @autoclosure () -> [OutputColumn]
    ) throws -> [OutputColumn]? {
        if try keepsInputsApart && kind == .rows && tables.contains(name, among: earlierInputs.tables) {
            throw ExportError(
                .badStructure, table: name, why: "two inputs have a table of this name",
                remedy: "see \(.duplicates, "append")")
        }
        if let known = try tables.table(name) {
            if known.columns.isEmpty {
                let columns = columns()
                try tables.change(name) { $0.columns = columns }
            }
            return nil
        }
        let columns = columns()
        try tables.add(ConversionReport.Table(name: name, kind: kind, columns: columns))
        return columns
    }

    /// Columns that rows of a table have shown come after those that are known.
    func widen(_ layout: RowLayout, limit: Int) throws {
        guard !openLayouts.contains(where: { $0 === layout }) else { return }
        if openLayouts.count == Self.layoutsKept { openLayouts.removeFirst() }
        openLayouts.append(layout)
        try tables.change(layout.table) { $0.columns.add(layout.outputColumns) }
        if let table = try tables.table(layout.table), table.columns.count > limit {
            throw ExportError(
                .overLimit, table: layout.table, why: "its rows have more than \(limit) keys in all",
                remedy: "see \(.columnLimit)")
        }
    }

    /// Rows of a table come next.
    /// - Returns: the table whose rows are over; nil where it is the same, or none.
    func enter(_ name: TableName) -> TableName? {
        defer { (current, progress.table) = (name, name) }
        return current == name ? nil : current
    }

    func table(_ name: TableName) throws -> ConversionReport.Table? { try tables.table(name) }

    /// The table is no more.
    func remove(_ name: TableName) throws {
        if current == name { current = nil }
        declared.forget()
        try tables.remove(name)
    }

    /// A table's rows are no more; what else is known of it stays.
    func empty(_ table: ConversionReport.Table) throws {
        try remove(table.name)
        var emptied = ConversionReport.Table(name: table.name, kind: table.kind, columns: table.columns)
        (emptied.rejected, emptied.entries, emptied.warnings) = (table.rejected, table.entries, table.warnings)
        try tables.add(emptied)
    }

    // MARK: Counts

    /// Whether the table of the layout is declared, with its columns.
    func isDeclared(_ layout: RowLayout) -> Bool { declared.number(of: layout) != nil }

    /// Rows of a table have become lines.
    func note(_ batch: LineBatch) throws {
        if let number = try declared.number(of: batch.layout) ?? tables.number(of: batch.table) {
            declared.note(number, of: batch.layout)
            try tables.change(number) { $0.note(batch.emitted, batch.layout, origin: batch.origin) }
        }
        progress.rows += batch.emitted.rows
        progress.outputBytes += batch.emitted.bytes
    }

    /// A row cannot be written.
    func reject(_ fault: RowFault, of table: TableName, in entry: String) throws {
        guard let rejects else { throw ExportError(fault, entry: entry, table: table) }
        try tables.change(table) { $0.rejected += 1 }
        try rejects.add(fault, table: table, entry: entry)
    }

    /// A warning about a table, or about the whole where that is not known.
    func warn(_ text: String, of table: TableName?) throws {
        guard let table, try tables.contains(table) else { return report.warnings.append(text) }
        try tables.change(table) { if !$0.warnings.contains(text) { $0.warnings.append(text) } }
    }

    /// Binary logs have been read from here to there.
    func note(_ logs: ConversionReport.LogRange) { report.logs = logs }

    /// An entry with rows of the table has been read to its end.
    func note(entry: String, of table: TableName) throws { try tables.change(table) { $0.note(entry: entry) } }
}

extension [OutputColumn] {
    /// Those of other names come last, in their order.
    mutating func add(_ others: [OutputColumn]) {
        let known = Set(map { ExactText($0.name) })
        self += others.filter { !known.contains(ExactText($0.name)) }
    }
}

/// How long a run has taken, those it resumes counted.
private struct RunClock {
    private let began = ContinuousClock.now
    private let secondsBefore: Double

    init(secondsBefore: Double = 0) { self.secondsBefore = secondsBefore }

    func seconds(at now: ContinuousClock.Instant) -> Double { secondsBefore + (now - began).seconds }
}

extension SpillCost {
    fileprivate mutating func add(_ other: SpillCost) {
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
        for (column, count) in emitted.bitNulls { bitNulls[ExactText(layout.keys[column]), default: 0] += count }
        note(entry: origin)
    }

    fileprivate mutating func note(entry: String) {
        if entries.last != entry { entries.append(entry) }
    }
}
