import BackupArchives
import BackupRows
import BackupText

/// Tables that the structures beside the input declare. What the input itself declares of a table counts first, and has
/// to agree with them: nobody knows by which of two structures rows were written.
extension Structures {
    /// Which given table a file is of; whatever the input declares.
    func match(_ part: DataPart) -> GivenMatch {
        if given.isEmpty || part.shell != nil { return .none }
        return given.match(
            part, outer: outerFolders(part), isNameless: part.isAlone && input.isNameless,
            dialect: options.dialect.family, options.tables)
    }

    func isGiven(_ part: DataPart) -> Bool { if case .table = match(part) { true } else { false } }

    /// Whether the options may choose the given table of a file.
    func mayWantGiven(_ part: DataPart) -> Bool {
        switch match(part) {
        case .none: false
        case .table(let found): options.tables.wants(found.name)
        case .several(let names): names.contains { options.tables.wants($0) }
        }
    }

    /// The given table of a file; nil: there is none.
    func givenTable(of part: DataPart) throws -> KnownTable? {
        switch match(part) {
        case .none: return nil
        case .several(let names):
            throw ExportError(
                .badStructure,
                why: "nothing shows which of these tables its rows are: \(names.listed)",
                remedy: "name the file or its folder after the table with its database, or see \(.tables)")
        case .table(let found):
            var name = found.name
            let table = found.table
            if name.database == nil && part.isTree && table.family == .mysql { name.database = try rootDatabase() }
            if let chosen = options.dialect.family, chosen != table.family {
                throw ExportError(
                    .badStructure, table: name,
                    why: "\(given.source) declares it as a table of \(SQLProduct(table.family).rawValue), and its rows "
                        + "are to be read as \(SQLProduct(chosen).rawValue)'s",
                    remedy: "see \(.dialect), \(.structures)")
            }
            var schema = try given.schema(of: table)
            schema?.name = name
            return KnownTable(
                name: name, schema: schema, family: table.family,
                unreadable: schema == nil ? try given.whyUnreadable(table) : nil,
                isOfTree: table.isOfTree || found.isDownload)
        }
    }

    /// What is to be said where the folder of a file is not that of the given table's database.
    func noteOnGiven(_ part: DataPart) throws -> String? {
        guard case .table(let found) = match(part), let folder = found.otherFolder,
            try !knows(location: part.location)
        else { return nil }
        return "its file in \(folder) is read as rows of \(found.table.name), the one table of this name that "
            + "\(given.source) declares"
    }

    /// What is to be said of rows without a structure where structures are given.
    func noteOnNoneGiven(_ part: DataPart) throws -> String? {
        guard !given.isEmpty, part.shell == nil, part.format != .sql, case .none = match(part),
            try !knows(location: part.location)
        else { return nil }
        return "read without a structure: \(given.source) declares no table of this name, but "
            + given.all.map(\.name).listed
    }

    /// Refuses a structure of the input that says other things than the given ones.
    func checkAgainstGiven(_ schema: TableSchema) throws {
        guard !given.isEmpty, schema.unreadable == nil, options.tables.wants(schema.name),
            let other = try given.schema(named: schema.name),
            let difference = schema.difference(from: other, namesAlone: options.values.types == .text)
        else { return }
        throw ExportError(
            .badStructure, table: schema.name,
            why: "its structure in the input and \(given.source) differ: \(difference)",
            remedy: "convert the table without \(.structures), or see \(.excludedTables)")
    }

    /// The folders in which the input lies, as it was named, from the outermost.
    private func outerFolders(_ part: DataPart) -> [String] {
        guard case .path(let path) = input else { return part.isAlone ? [] : [input.bareName].compactMap { $0 } }
        let parts = path.pathParts.filter { $0 != "." && $0 != ".." }
        if isFolder { return parts }
        return parts.dropLast() + (part.isAlone ? [] : [input.bareName].compactMap { $0 })
    }
}

extension ExportInput {
    /// What standard input is called.
    private static let nameless = "stdin"

    /// A stream whose name says nothing of its rows.
    fileprivate var isNameless: Bool {
        if case .stream(let stream) = self { stream.name == Self.nameless } else { false }
    }
}

extension [TableName] {
    /// The first of them, in one line.
    fileprivate var listed: String {
        let shown = prefix(5).map(\.description).joined(separator: ", ")
        return count > 5 ? "\(shown) and \(count - 5) more" : shown
    }
}
