import BackupBytes
import BackupChanges
import BackupRows
import BackupText

/// The binary logs of a conversion: one session for all of them, whichever inputs they lie in.
final class ChangeLogs {
    private var session: ChangeSession?

    /// Made for the first log. `structures`: of the input that it lies in.
    func session(options: ExportOptions, setup: ReaderSetup, structures: Structures) throws -> ChangeSession {
        if let session { return session }
        var changes = ChangeOptions()
        changes.isFlat = options.changes.form == .flat
        changes.skipsStatements = options.changes.statements == .skip
        if let after = options.changes.after {
            guard let position = LogPosition(after) else {
                throw ExportError(.badOption, setting: .after, why: "“\(after)” is no name of a log and a byte of it")
            }
            changes.after = position
        }
        changes.folder = options.temporaryFolder
        changes.wants = { options.tables.wants($0) }
        try structures.given.refuseForLogs()
        let names = TableNames {
            try structures.catalog.schema(of: $0)
        } declare: { text, database in
            SQLReader.tables(declaredIn: text, database: database, setup)
        }
        let made = ChangeSession(setup, changes, names)
        session = made
        return made
    }

    /// What is to be said after the last log.
    func end() throws -> [WalkEvent] {
        guard let session else { return [] }
        var events = session.end().map { WalkEvent.warning($0, nil) }
        if let range = session.range {
            events.append(
                .logs(
                    .init(
                        from: .init(file: range.from.file, pos: range.from.position),
                        to: .init(file: range.to.file, pos: range.to.position))))
        }
        return events
    }

    /// The name of a log as its server calls it: without archives and folders (`logs.tar!mysql-bin.000054`), and
    /// without what its compression adds.
    static func name(of origin: String) -> String {
        let path = origin.pathParts.last ?? origin
        var name = path.split(separator: "!").last.map(String.init) ?? path
        for suffix in [".gz", ".zst", ".xz", ".bz2", ".lz4"] where name.lowercased().hasSuffix(suffix) {
            name.removeLast(suffix.count)
        }
        return name
    }
}
