import BackupArchives
import BackupBytes
import BackupRows
import BackupText

/// Several dumps in one input: whose database each is of, and which tables are made twice.
extension ExportWalk {
    /// Where a dump waits in a stream for the structures that others may hold.
    static let locationOfOtherDumps = "\0dumps"

    /// The role of a dump that lies beside other files; and whether the structures of others are needed first.
    func role(ofDump role: EntryRole, _ entry: Entry) throws -> (EntryRole, waits: Bool) {
        guard !entry.isAlone, case .dump(nil, let location, false) = role, case .file(_, let source) = entry.content
        else { return (role, false) }
        let look = DumpLook(try source.peek(DumpLook.length), entry.origin, options)
        let lacksStructure = try look.foreign.contains {
            try !structures.catalog.knows($0) && structures.catalog.schema(of: $0) == nil
        }
        guard look.isUnnamed || lacksStructure else { return (role, false) }
        // A stream shows at its end alone whether others make tables of the same names.
        guard input.isSeekable else {
            return (role, options.duplicates == .error || lacksStructure && !look.makesTables)
        }
        let survey = try self.survey ?? DumpSurvey(of: input, options: options, structures)
        self.survey = survey
        return (
            .dump(database: survey.databases[ExactText(location)], location: location, waitsForStructure: false), false
        )
    }

    /// The dump of a stream that has waited for the others, with the database that they show; nil: it is a stray.
    func resolvedDump(_ file: RowFile) throws -> RowFile? {
        guard case .dump(nil, let location, waitsForStructure: false) = file.role else { return file }
        let survey =
            try self.survey
            ?? DumpSurvey(of: pending, at: Self.locationOfOtherDumps, options: options, structures)
        self.survey = survey
        if try structures.isStrayDump(at: location) { return nil }
        var file = file
        file.role = .dump(database: survey.databases[ExactText(location)], location: location, waitsForStructure: false)
        return file
    }

    /// Whether rows go into a view, and so are another table's, or into a table that no database keeps.
    func isNoTable(_ batch: ReadRows, _ file: RowFile) throws -> Bool {
        if batch.table.isTemporary {
            events.append(.warning(Self.temporaryRows(batch), nil))
            return true
        }
        guard try structures.catalog.isView(batch.table) else { return false }
        // The rows of mydumper's sequences lie in a file of their own, beside the one that makes the sequence.
        if case .dump(_, _, waitsForStructure: false) = file.role, options.duplicates == .error {
            try homes.admit(batch.table, fromDump: file.origin)
        }
        return true
    }

    /// A file removes a table, or its rows, that another one may have filled before. A structure that removes and makes
    /// the table again may come after its rows, but not after a dump which has made the table itself.
    func checkRemoval(of table: TableName, _ what: String, _ isForGood: Bool, _ file: RowFile) throws {
        guard options.tables.wants(table),
            let other = try homes.filler(of: table, otherThan: file.origin, isMaker: !isForGood)
        else { return }
        let why = "\(what) removes rows of \(table) that came from \(other)"
        guard options.duplicates == .error else {
            return events.append(.warning("\(file.origin): \(why): they are in the output", table))
        }
        throw ExportError(
            .badStructure, entry: file.origin, table: table, why: why,
            remedy: "leave one of the files out, or see \(.duplicates, "append")")
    }

    /// Rows of a table come next that other rows of the file do not precede: one table more.
    func admit(_ table: TableName, _ file: RowFile) throws -> Int {
        guard options.duplicates == .error else { return 1 }
        switch file.role {
        case .dump: try homes.admit(table, fromDump: file.origin)
        case .data(let part) where part.isTree: try homes.admit(table, fromFolder: part.location)
        case .data(let part):
            try homes.admit(table, fromFolder: part.location.pathParts.dropLast().joined(separator: "/"))
        case .structure, .shell, .ignored, .log: break
        }
        return 1
    }
}

/// What the first bytes of a dump show of the names in it.
private struct DumpLook {
    static let length = 32 * 1024
    private(set) var isUnnamed = true
    private(set) var makesTables = false
    /// Tables with rows that it does not make.
    private(set) var foreign: Set<TableName> = []

    init(_ head: UnsafeRawBufferPointer, _ origin: String, _ options: ExportOptions) {
        let setup = ReaderSetup(), catalog = SchemaCatalog()
        guard
            let reader = try? DataReaders.dumpReader(
                PeekedSource(BytesSource(Array(head))), database: nil, origin: origin, options: options, setup: setup,
                catalog: catalog)
        else { return }
        while let event = try? reader.next() {
            switch event {
            case .declared(let schema):
                makesTables = true
                isUnnamed = schema.name.database == nil
            case .rows(let batch):
                isUnnamed = batch.table.database == nil
                if (try? catalog.knows(batch.table)) == false { foreign.insert(batch.table) }
            default: break
            }
        }
    }
}
