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
        var catalogs = try options.structures.map { try StructureFiles.read($0, options: options, setup: setup) }
        catalogs.append(structures.catalog)
        let names = TableNames { table in
            for catalog in catalogs { if let schema = try catalog.schema(of: table) { return schema } }
            return nil
        } declare: { text, database in
            Self.declared(in: text, database, setup)
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

    /// The tables that a statement of the log makes.
    private static func declared(in text: String, _ database: String?, _ setup: ReaderSetup) -> [TableSchema] {
        var setup = setup
        setup.skipsUnknownStatements = true
        let source = PeekedSource(BytesSource(Array((text + ";\n").utf8)))
        guard
            let reader = try? SQLReader(
                source, dialect: SQLDialect(family: .mysql), database: database, catalog: SchemaCatalog(), setup: setup)
        else { return [] }
        var declared: [TableSchema] = []
        while let event = try? reader.next() {
            if case .declared(let schema) = event { declared.append(schema) }
        }
        return declared
    }
}
