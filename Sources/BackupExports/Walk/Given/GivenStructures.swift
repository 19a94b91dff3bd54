import BackupArchives
import BackupBytes
import BackupRows
import BackupText
import Synchronization

/// The structures that do not lie in the input (`ExportOptions.structures`): trees, dumps, archives of them. They are
/// read once, before any data, by the first thread that asks.
final class GivenStructures: Sendable {
    private let options: ExportOptions
    private let read = Mutex<GivenTables?>(nil)
    private let state = Mutex(State())

    private struct State {
        /// What is read now, so that a read that waits can be ended.
        var input: UnpackingControl?
        var isCancelled = false
    }

    init(_ options: ExportOptions) {
        self.options = options
        // What the data is says nothing of its structure.
        var own = options
        (own.format, own.dialect, own.structures) = (.auto, .auto, [])
        reading = own
    }

    /// How the structures themselves are read.
    private let reading: ExportOptions

    /// - Throws: `ExportError`; `CancellationError` when it was cancelled.
    func tables() throws -> GivenTables {
        try read.withLock { known in
            if let known { return known }
            var tables = GivenTables()
            for path in options.structures {
                do { try read(path, into: &tables) } catch {
                    if state.withLock(\.isCancelled) { throw CancellationError() }
                    throw Self.located(ExportError.wrap(error, entry: path), path)
                }
            }
            known = tables
            return tables
        }
    }

    /// A lone file is called by its path: it is not the input.
    private static func located(_ error: any Error, _ path: String) -> any Error {
        guard var error = error as? ExportError, error.entry == path.pathParts.last else { return error }
        error.entry = path
        return error
    }

    /// The same from a thread of its own.
    func readNow() async throws {
        if options.structures.isEmpty { return }
        try await withTaskCancellationHandler {
            try await Stage.run("sluice.structure") { _ = try self.tables() }
        } onCancel: {
            cancel()
        }
    }

    func cancel() {
        let input = state.withLock {
            $0.isCancelled = true
            return $0.input
        }
        input?.cancel()
    }

    // MARK: One of them

    private func read(_ path: String, into tables: inout GivenTables) throws {
        var setup = ReaderSetup(options)
        setup.columnLimit = options.limits.columns
        setup.skipsUnknownStatements = true
        let input = ExportInput.path(path), structures = try Structures(input, options: reading, setup: setup)
        let databases =
            input.isFolder ? try DumpSurvey(of: input, options: reading, structures).databases : [:]
        let entries = try input.entries(limits: reading.limits.unpacking, counter: nil)
        defer { entries.control.cancel() }
        let isCancelled = state.withLock {
            $0.input = entries.control
            return $0.isCancelled
        }
        if isCancelled { throw CancellationError() }
        var shape = GivenTables.Shape(), dumps = DumpsAlike()
        while let entry = try entries.next() {
            guard case .file(let kind, let source) = entry.content else { continue }
            let role = EntryRole(entry, head: try source.peek(EntryRole.headLength), options: reading)
            if entry.isAlone { try reading.refuse(kind, entry, role) }
            guard kind == .text else { continue }
            switch role {
            case .structure(let location, _, _):
                try structures.learn(from: entry)
                shape.isTree = true
                if let known = try structures.known(at: location), known.family == .postgresql,
                    known.name.schema == nil
                {
                    shape.postgresWithoutSchema.insert(known.name)
                }
            case .shell: try structures.learn(from: entry)
            case .dump(let database, let location, let waits):
                // Rows of a dump by mydumper, whose tables other files declare.
                if entry.isStructureFile { shape.isTree = true }
                if waits, try !SQLHead.declaresTables(source.peek(EntryRole.headLength)) { continue }
                try declare(
                    source, database ?? databases[ExactText(location)], entry, structures,
                    structures.known(at: location)?.family, setup, &dumps)
            default: break
            }
        }
        try tables.add(structures.catalog, from: path, shape, limits: options.limits)
    }

    /// Rows that a dump has are passed over.
    private func declare(
        _ source: PeekedSource, _ database: String?, _ entry: Entry, _ structures: Structures,
        _ shape: SQLDialect.Family?, _ setup: ReaderSetup, _ dumps: inout DumpsAlike
    ) throws {
        var reading = reading
        let (finding, whole) = try DialectChoice.look(at: source, shape: shape)
        // Where nothing shows whose it is, it is the data's.
        if !finding.isCertain { reading.dialect = options.dialect }
        let reader = try DataReaders.dumpReader(
            whole, database: database, origin: entry.origin, options: reading, setup: setup,
            catalog: structures.catalog, shape: shape)
        while let event = try reader.next() {
            if state.withLock(\.isCancelled) { throw CancellationError() }
            if case .declared(let schema) = event { try dumps.add(schema, in: entry.origin) }
        }
    }
}

/// The tables without a database that the dumps of one structure declare: two of one name may be of two databases.
private struct DumpsAlike {
    private var declared: [TableName: (schema: TableSchema, dump: String)] = [:]

    mutating func add(_ schema: TableSchema, in dump: String) throws {
        guard schema.name.database == nil else { return }
        if let other = declared[schema.name], other.dump != dump,
            let difference = schema.difference(from: other.schema)
        {
            throw ExportError(
                .badStructure, entry: dump, table: schema.name,
                why: "\(other.dump) declares a table of this name, too, and in another way: \(difference)",
                remedy: "give the structures in a folder, each in a file that is named after its database")
        }
        declared[schema.name] = (schema, dump)
    }
}

extension Entry {
    /// As the trees name them; alone such a file is a dump.
    fileprivate var isStructureFile: Bool {
        ["structure.sql", "column_structure.sql"].contains(path.pathParts.last?.lowercased())
    }
}

extension SQLFamilyFinding {
    fileprivate var isCertain: Bool {
        switch verdict {
        case .family(_, let isAssumed): !isAssumed
        case .refused: true
        case .contradiction, .undecided: false
        }
    }
}
