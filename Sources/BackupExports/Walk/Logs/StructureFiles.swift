import BackupArchives
import BackupBytes
import BackupRows

/// Structures that do not lie in the input: a tree, a dump, an archive of them.
enum StructureFiles {
    /// All tables that they declare.
    static func read(_ path: String, options: ExportOptions, setup: ReaderSetup) throws -> SchemaCatalog {
        var options = options
        options.format = .auto
        let input = ExportInput.path(path), structures = try Structures(input, options: options, setup: setup)
        do {
            let entries = try input.entries(limits: options.limits.unpacking, counter: nil)
            defer { entries.control.cancel() }
            while let entry = try entries.next() {
                guard case .file(.text, let source) = entry.content else { continue }
                switch EntryRole(entry, head: try source.peek(4096), options: options) {
                case .structure: try structures.learn(from: entry)
                case .dump(let database, let location, _):
                    let shape = try structures.known(at: location)?.family
                    try declare(source, database, entry, structures, shape, options, setup)
                default: break
                }
            }
        } catch { throw ExportError.wrap(error, entry: path) }
        return structures.catalog
    }

    /// Rows that a dump has are passed over.
    private static func declare(
        _ source: PeekedSource, _ database: String?, _ entry: Entry, _ structures: Structures,
        _ shape: SQLDialect.Family?, _ options: ExportOptions, _ setup: ReaderSetup
    ) throws {
        let reader = try DataReaders.dumpReader(
            source, database: database, origin: entry.origin, options: options, setup: setup,
            catalog: structures.catalog, shape: shape)
        while try reader.next() != nil {}
    }
}
