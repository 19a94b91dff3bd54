import BackupBytes
import BackupRows
import BackupText

extension Structures {
    /// Reads a file of a dump by MySQL Shell that holds no rows.
    /// - Returns: the table it has made known, and where it lies; nil: nothing new can be read.
    func learn(
        _ file: ShellFile, _ source: any ByteSource, _ origin: String
    ) throws -> (location: String, schema: TableSchema?)? {
        switch file {
        case .dump(let folder): shell.noteDump(in: folder)
        case .done(let folder):
            shell.noteEnd(in: folder, files: ShellFile.filesOfRows(listedIn: try readAll(source, origin)))
        case .table(let location):
            guard let table = ShellTable(try readAll(source, origin)) else { return nil }
            try table.checkFormat(origin: origin)
            if let declaration = shell.note(table, at: location) {
                return (location, try declare(table, by: declaration, at: location, origin))
            }
            // What waits for the table is released when its CREATE TABLE has come, too.
            return table.includesDdl == false ? (location, nil) : nil
        case .declaration(let location):
            let text = try readAll(source, origin)
            if let table = shell.table(at: location) {
                return (location, try declare(table, by: text, at: location, origin))
            }
            shell.keep(text, at: location)
        case .other: break
        }
        return nil
    }

    /// A CREATE TABLE does not say its database, and a file's name may be cut: the metadata has both.
    private func declare(
        _ table: ShellTable, by text: [UInt8], at location: String, _ origin: String
    ) throws -> TableSchema? {
        try learn(
            location: location, folders: [table.options.schema, table.options.table], isPostgres: false,
            source: BytesSource(text), origin: origin)
    }
}
