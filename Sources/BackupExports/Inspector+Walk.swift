import BackupArchives
import BackupBytes
import BackupLake
import BackupRows
import BackupText
import OrderedCollections

extension Inspector {
    /// The tables of an input as a conversion names them: it is walked as there. nil: it cannot be walked without
    /// reading more than was asked for, or twice, or has what no conversion reads.
    func walkedTables(of input: ExportInput) throws -> [ExportInspection.Table]? {
        guard input.isSeekable, limit.map({ input.isAtMost($0) }) ?? true else { return nil }
        var options = export.options
        options.unknownStatements = .skip
        let setup = ReaderSetup(options), control = WalkControl()
        var tables = WalkedTables(options.values)
        do {
            let walk = InputsWalk([input], WalkSetting(options: options, setup: setup, given: given), control: control)
            defer { control.cancel() }
            while let step = try walk.next() {
                try checkCancellation()
                guard case .event(let event) = step else { continue }
                tables.note(event)
            }
        } catch let error as CancellationError { throw error } catch { return nil }
        return tables.all
    }
}

/// The tables that a walk has shown so far, in their order.
private struct WalkedTables {
    private var byName: OrderedDictionary<TableName, ExportInspection.Table> = [:]
    private var withRows: Set<TableName> = []
    private let options: ValueOptions
    /// The last one whose columns are not all of its table's.
    private var lastOpen: RowLayout?

    init(_ options: ValueOptions) { self.options = options }

    var all: [ExportInspection.Table] { Array(byName.values) }

    mutating func note(_ event: WalkEvent) {
        switch event {
        case .table(let name, let columns):
            let layout = RowLayout(
                table: name, columns: columns, spelling: RowSpelling(), lines: LineFormat(values: options))
            add(name, layout.outputColumns)
        case .rows(let batch):
            if withRows.insert(batch.table).inserted { add(batch.table, batch.layout.outputColumns) }
            if batch.layout.isOpen { widen(batch.layout) }
        case .fault(_, let name, _): add(name, [])
        case .view(let name): if !withRows.contains(name) { remove(name) }
        case .dropped(let name, let isEmptied, _): if !isEmptied { remove(name) }
        case .spilled, .warning, .entry, .logs: break
        }
    }

    private mutating func add(_ name: TableName, _ columns: [OutputColumn]) {
        let table = byName[name]
        if let table, !table.columns.isEmpty { return }
        byName[name] = .init(name: name.description, columns: columns)
    }

    private mutating func widen(_ layout: RowLayout) {
        if lastOpen === layout { return }
        lastOpen = layout
        byName[layout.table]?.columns.add(layout.outputColumns)
    }

    private mutating func remove(_ name: TableName) {
        if byName.removeValue(forKey: name) != nil { withRows.remove(name) }
    }
}

extension ExportInput {
    /// Whether all of it, as it lies, is no longer than so many bytes.
    fileprivate func isAtMost(_ bytes: Int) -> Bool {
        if let length { return length <= bytes }
        if case .stored(let files) = self, case .folder(let list) = files.contents {
            return list.reduce(0) { $0 + $1.size } <= bytes
        }
        guard case .path(let path) = self, let files = try? DirectoryReader(root: path) else { return false }
        var left = bytes
        for file in files.paths {
            guard let size = FileIdentity(path: "\(path)/\(file)")?.size else { continue }
            left -= size
            if left < 0 { return false }
        }
        return true
    }
}
