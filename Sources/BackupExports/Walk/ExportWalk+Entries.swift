import BackupArchives
import BackupBytes
import BackupRows
import BackupText

/// What an entry is not.
extension ExportWalk {
    func emptyPart(_ part: DataPart, _ origin: String) throws {
        let known = try structures.table(at: part, options.dialect)
        guard options.tables.wants(known.name), !structures.isView(location: part.location),
            try !structures.isStray(part)
        else { return }
        tablesMet += 1
        events.append(.table(known.name, known.schema?.columns ?? []))
        events.append(.entry(origin, known.name))
    }

    static func temporaryRows(_ batch: ReadRows) -> String {
        let rows = batch.rowCount
        return
            "\(batch.origin): \(rows) row\(rows == 1 ? "" : "s") of the temporary table \(batch.table.table) were not "
            + "converted: no database keeps it"
    }

    /// A file beside the tables of a tree is no table, and is reported. One whose folder may yet be of a tree is kept.
    func skipStray(_ entry: Entry) {
        let isStray = structures.levels.holds(entry.folderBeside, isDump: false)
        if isStray { events.append(Self.strayWarning(entry.origin)) } else { note(structures.strays(adding: entry)) }
    }

    func note(_ strays: [String]) { events += strays.map(Self.strayWarning) }

    static func strayWarning(_ origin: String) -> WalkEvent {
        .warning("\(origin) was skipped: it lies beside the tables of a tree, and is none of them", nil)
    }
}
