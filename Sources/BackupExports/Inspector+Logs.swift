import BackupArchives
import BackupBytes
import BackupChanges
import BackupRows

extension Inspector {
    /// A binary log: whose it is, and the tables whose changes it has, as far as is looked.
    func describe(
        log entry: Entry, _ source: PeekedSource, _ structures: Structures, _ counter: ByteCounter,
        _ found: inout Findings
    ) throws {
        var options = export.options
        options.changes.statements = .skip
        options.changes.after = nil
        let session = try ChangeLogs().session(options: options, setup: ReaderSetup(options), structures: structures)
        let reader = ChangeReader(
            source, file: ChangeLogs.name(of: entry.origin), origin: entry.origin, session: session)
        var lines: [String] = []
        do {
            while let event = try reader.next() {
                try checkCancellation()
                switch event {
                case .rows(let batch):
                    if !found.tables.contains(batch.table) {
                        found.tables.putLast(
                            .init(name: batch.table.description, columns: batch.layout.outputColumns))
                    }
                case .note(let text, let table): lines.append((table.map { "\($0): " } ?? "") + text)
                default: break
                }
                if let limit, counter.count > limit {
                    found.isWhole = false
                    break
                }
            }
        } catch let error as ChangeError {
            lines.append("not read from byte \(error.position ?? 0) on: \(error.why)")
        }
        if let format = reader.formatDescription { lines.insert(format, at: 0) }
        found.entries.append(.init(path: entry.path, role: "binlog", table: nil, evidence: lines))
    }
}
