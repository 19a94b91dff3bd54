import BackupArchives
import BackupBytes
import BackupLake
import BackupRows
import BackupText

/// What structure files have declared so far: tables by location, types by name.
final class Structures {
    let catalog: SchemaCatalog
    var shell = ShellDumps()
    /// All structures of the input have been seen.
    var isComplete = false
    let options: ExportOptions
    private let setup: ReaderSetup
    private let byLocation: RecordLog<LocatedSchema>
    /// Where structures were that declare no table: types of a schema, perhaps.
    private var typeLocations: Set<ExactText> = []
    /// Where structures were that declare a view.
    private var viewLocations: Set<ExactText> = []
    private(set) var levels = TreeLevels()
    /// The database of a tree whose tables lie at the root of the input; nil: not looked for yet.
    var root: RootDatabase?
    let input: ExportInput
    let isFolder: Bool
    /// What is declared beside the input.
    let given: GivenTables
    /// Reads ahead of the walk; it stands where the last structure that was asked for has been found.
    private var scout: Unpacking?
    /// Dumps that the walk has met, and that a search from the input's front may learn more from than the walk has.
    var dumpsNotLearned = 0
    private let isResumed: Bool

    /// `setup`: its pools are shared with those who read rows. `logs`: where what is learned outlives the process, or
    /// nil.
    init(
        _ input: ExportInput, options: ExportOptions, setup: ReaderSetup, given: GivenTables = GivenTables(),
        logs: WorkFolder.Logs? = nil, at point: ResumePoint? = nil
    ) throws {
        (self.input, isFolder, self.given) = (input, input.isFolder, given)
        self.options = options
        self.setup = setup
        isResumed = point != nil
        let folder = options.temporaryFolder
        let lookup: SchemaCatalog.Lookup = { try given.schema(named: $0) }
        guard let logs, let point else {
            catalog = SchemaCatalog(
                tables: RecordLog(path: logs?.schemas, folder: folder),
                rows: RecordLog(path: logs?.rows, folder: folder), given: lookup)
            byLocation = RecordLog(path: logs?.locations, folder: folder)
            return
        }
        catalog = try SchemaCatalog(
            at: point.catalog, tables: .reopen(path: logs.schemas, length: point.catalog.tables, folder: folder),
            rows: .reopen(path: logs.rows, length: point.catalog.rows, folder: folder), given: lookup)
        byLocation = try .reopen(path: logs.locations, length: point.byLocation, folder: folder)
        isComplete = point.isComplete
        typeLocations = Set(point.typeLocations.map(ExactText.init))
        shell = point.shell
        viewLocations = Set(point.viewLocations.map(ExactText.init))
        (levels, root) = (point.levels, point.root)
    }

    /// What was known when the logs were so long.
    struct ResumePoint: Codable, Sendable {
        var catalog: SchemaCatalog.ResumePoint
        var byLocation: Int
        var isComplete: Bool
        var typeLocations: [String]
        var shell: ShellDumps
        var viewLocations: [String]
        var levels: TreeLevels
        var root: RootDatabase?
    }

    func resumePoint() throws -> ResumePoint {
        ResumePoint(
            catalog: try catalog.resumePoint(), byLocation: try byLocation.flush(), isComplete: isComplete,
            typeLocations: typeLocations.map(\.text).sorted(), shell: shell,
            viewLocations: viewLocations.map(\.text).sorted(), levels: levels, root: root)
    }

    func knows(location: String) throws -> Bool { try byLocation.number(of: location) != nil }

    /// Whether what lies at this location is a view's.
    func isView(location: String) -> Bool { viewLocations.contains(ExactText(location)) }

    /// The name of a view whose structure lies in these folders, as a table without a structure would have it.
    func viewName(at folders: [String], _ dialect: ExportOptions.Dialect) throws -> TableName {
        try table(
            at: DataPart(
                location: folders.joined(separator: "/"), names: Array(folders.suffix(3)), format: .sql, isTree: true),
            dialect
        ).name
    }

    /// Whether a file of rows lies beside the tables of a tree, and is none of them. Known for certain when all
    /// structures are.
    func isStray(_ part: DataPart) throws -> Bool {
        if part.isTree {
            return try part.otherwise?.isStray == true && (knows(location: part.location) || isGiven(part))
        }
        let folder = part.location.pathParts.dropLast()
        return try !knows(location: part.location)
            && (levels.holds(folder.joined(separator: "/"), isDump: false)
                || knows(location: folder.joined(separator: "/")))
    }

    /// Whether SQL at this location lies beside the tables of a tree.
    func isStrayDump(at location: String) throws -> Bool {
        let folder = location.pathParts.dropLast().joined(separator: "/")
        return try levels.holds(folder, isDump: true) || (!levels.isEmpty && knows(location: folder))
    }

    /// Remembers a file that is no table anyway: a stray, if its folder is of a tree. Those that are certain by now.
    func strays(adding entry: Entry? = nil) -> [String] {
        if let entry { levels.suspect(entry.origin, in: entry.folderBeside) }
        return levels.strays()
    }

    /// What a file is, now that all is known that may lie at its location.
    func resolved(_ role: EntryRole) throws -> EntryRole {
        guard case .data(let part) = role, let other = part.otherRole, try !knows(location: part.location) else {
            return role
        }
        if case .data(let otherPart) = other, isGiven(part) { return isGiven(otherPart) ? other : role }
        // A table of a tree whose structure is missing.
        if part.location.pathParts.count > 0,
            levels.holds(part.location.pathParts.dropLast().joined(separator: "/"), isDump: true)
        {
            return role
        }
        return other
    }

    func remember(_ schema: TableSchema, at location: String, _ family: SQLDialect.Family) throws {
        try checkAgainstGiven(schema)
        try byLocation.put(LocatedSchema(schema: schema, family: family), for: location)
    }

    /// Where the structure will be that a part cannot be read without; nil: it can be.
    func missing(for part: DataPart) throws -> String? {
        if let rows = part.shell {
            if let table = shell.table(at: rows.location) {
                return try table.includesDdl == false || knows(location: rows.location) ? nil : rows.location
            }
            if try !knows(location: part.location) { return rows.location }
        }
        if try knows(location: part.location) { return try locationOfMissingTypes(at: part.location) }
        // Its structure has come, and declares no table.
        if typeLocations.contains(ExactText(part.location)) || isGiven(part) { return nil }
        if part.otherwise != nil || !part.isTree { return part.location }  // the structure names its database, too
        let namesKnown =
            options.csv.columns != nil || part.format == .csv(header: true) || options.csv.hasHeader == true
        return options.values.types == .text && namesKnown ? nil : part.location
    }

    /// Where the types will be declared that the PostgreSQL table at this location uses and that are not declared yet;
    /// nil where there are none.
    func locationOfMissingTypes(at location: String) throws -> String? {
        guard options.values.types != .text, let known = try byLocation.record(of: location),
            known.family == .postgresql
        else { return nil }
        let database = location.pathParts.dropLast(2)
        return known.schema.schemasOfUnknownTypes(catalog).lazy.map {
            (database + [$0 ?? known.schema.name.schema ?? "public"]).joined(separator: "/")
        }
        .first { !self.typeLocations.contains(ExactText($0)) }
    }

    /// The table whose structure is at this location.
    func known(at location: String) throws -> KnownTable? {
        guard let known = try byLocation.record(of: location) else { return nil }
        if let why = known.schema.unreadable {
            return KnownTable(name: known.schema.name, schema: nil, family: known.family, unreadable: why)
        }
        return KnownTable(
            name: known.schema.name,
            schema: known.family == .postgresql ? known.schema.resolved(by: catalog) : known.schema,
            family: known.family)
    }

    /// The table of a data part: by its structure, or by its path alone.
    func table(at part: DataPart, _ dialect: ExportOptions.Dialect) throws -> KnownTable {
        if let rows = part.shell {
            if let table = shell.table(at: rows.location) {
                let declared = try known(at: rows.location)
                return KnownTable(
                    name: table.name, schema: declared?.schema, family: .mysql, unreadable: declared?.unreadable,
                    shell: table)
            }
            if shell.holds(location: rows.location) {
                throw ExportError(
                    .badStructure, entry: rows.series,
                    why: "the dump by MySQL Shell has no \(rows.location).json, which tells what its rows are")
            }
        }
        let own = try known(at: part.location)
        if let own, own.unreadable == nil { return own }
        if let known = try givenTable(of: part) ?? own { return known }
        var names = part.names
        var family: SQLDialect.Family? = dialect == .postgresql ? .postgresql : dialect == .mysql ? .mysql : nil
        if part.isTree && family == nil { family = names.count == 3 ? .postgresql : .mysql }
        if family == .mysql && names.count == 3 { names.removeFirst() }
        let table = names.popLast() ?? ""
        let name =
            switch (names.count, family) {
            case (0, _): TableName(database: part.isTree ? try rootDatabase() : nil, table: table)
            case (1, .postgresql): TableName(schema: names[0], table: table)
            case (1, _): TableName(database: names[0], table: table)
            default: TableName(database: names[names.count - 2], schema: names[names.count - 1], table: table)
            }
        return KnownTable(name: name, schema: nil, family: family)
    }

    /// Reads a structure file; the table it declares, if it does.
    func learn(
        location: String, folders: [String], isPostgres: Bool?, source: any ByteSource, origin: String
    ) throws -> TableSchema? {
        let text = try readAll(source, origin)
        // `structure.sql` is MySQL's name for it; a schema of PostgreSQL has one, too.
        let family: SQLDialect.Family =
            switch isPostgres {
            case true?: .postgresql
            case false?: .mysql
            case nil: try DialectChoice.family(of: text, options: options, shape: .mysql, origin: origin)
            }
        let isTable = isPostgres == true
        if folders.isEmpty { try learnRoot(text.withUnsafeBytes { SQLNames($0, family: family) }, origin) }
        let found = try declared(in: text, family: family, folders: folders, isTable: isTable, origin: origin)
        guard let schema = found.schema else {
            typeLocations.insert(ExactText(location))
            if found.isView { viewLocations.insert(ExactText(location)) }
            if isPostgres != false { levels.note(folders, isTable: found.isView || isTable, family) }
            return nil
        }
        if isPostgres != false { levels.note(folders, isTable: true, family) }  // else it is no tree
        var named = schema
        if !folders.isEmpty {
            named.name = try name(folders, family)
        } else if named.name.database == nil {
            named.name.database = try rootDatabase()
        }
        try catalog.declare(named)
        try remember(named, at: location, family)
        return named
    }

    /// `isGiven`: a table has this name.
    private func name(
        _ folders: [String], _ family: SQLDialect.Family, isGiven: Bool = true
    ) throws -> TableName {
        let outer = folders.dropLast(), table = folders.last ?? "", isMySQL = family == .mysql
        let database = try (isMySQL ? outer : outer.dropLast()).last ?? rootDatabase(isGiven: isGiven)
        return TableName(database: database, schema: isMySQL ? nil : outer.last, table: table)
    }

    private func declared(
        in text: [UInt8], family: SQLDialect.Family, folders: [String], isTable: Bool, origin: String
    ) throws -> (schema: TableSchema?, isView: Bool) {
        var dialect = SQLDialect(family: family)
        dialect.charset = options.encoding
        // `column_structure.sql` lies in its table's folder, PostgreSQL's `structure.sql` in that of a schema.
        let name = try name(isTable || family == .mysql ? folders : folders + [""], family, isGiven: false)
        let reader = try SQLReader(
            PeekedSource(BytesSource(text)), dialect: dialect, database: name.database, schema: name.schema,
            catalog: catalog, setup: setup)
        var found: TableSchema?, isView = false
        do {
            while let event = try reader.next() {
                switch event {
                case .declared(let schema) where schema.unreadable == nil: found = found ?? schema
                // As text the names come from a header, or are numbers.
                case .warning where options.values.types == .text || !options.tables.wants(name): break
                case .view(let name):
                    isView = true
                    if found?.name == name { found = nil }  // a stand-in
                case .warning(let why):
                    throw ExportError(.badStructure, entry: origin, why: why, remedy: "see \(.types, "text")")
                default: break
                }
            }
        } catch { throw ExportError.wrap(error, entry: origin) }
        let saysSomething = ["CREATE", "USE"].contains {
            String(decoding: text, as: UTF8.self).uppercased().contains($0)
        }
        if found == nil && !isView && !saysSomething && !text.allSatisfy({ $0 <= 0x20 }) {
            throw ExportError(
                .badStructure, entry: origin, why: "a structure file that declares nothing",
                remedy: "see \(.types, "text")")
        }
        return (found, isView)
    }

    func readAll(_ source: any ByteSource, _ origin: String) throws -> [UInt8] {
        var text: [UInt8] = []
        let slab = Slab()
        while true {
            slab.reset()
            slab.end = try source.read(into: slab.room)
            if slab.count == 0 { return text.withUnsafeBytes { UnicodeMark.plainHead($0) } ?? text }
            text += slab.bytes
            if text.count > options.limits.structure {
                throw ExportError(
                    .overLimit, entry: origin,
                    why: "a structure file is longer than \(options.limits.structure) bytes",
                    remedy: "see \(.structureLimit)")
            }
        }
    }

    // MARK: Looking ahead

    /// Whether the walk has learned all that a search from the input's front finds before it.
    var canLookFromWalk: Bool { !isResumed && dumpsNotLearned == 0 }

    /// Whether the structure of a location is known, or is not to come.
    func isResolved(_ location: String) throws -> Bool {
        try isComplete || knows(location: location) || typeLocations.contains(ExactText(location))
    }

    /// Reads only the structures of a seekable input, from where the last call stopped until that of `location` is
    /// known: what follows it need not be inflated twice.
    func lookAhead(for location: String) throws {
        let scout = try self.scout ?? input.entries(limits: options.limits.unpacking, counter: nil)
        self.scout = scout
        while try !isResolved(location) {
            guard let entry = try scout.next() else {
                isComplete = true
                self.scout = nil
                return
            }
            try learn(from: entry)
        }
    }

    func learn(from entry: Entry) throws {
        guard case .file(.text, let source) = entry.content else { return }
        let head = try source.peek(ShellFile.bytesNeeded)
        switch EntryRole(entry, head: head, options: options) {
        case .shell(let file): _ = try learn(file, source, entry.origin)
        case .structure(let location, let folders, let isPostgres):
            _ = try learn(
                location: location, folders: folders, isPostgres: isPostgres, source: source, origin: entry.origin)
        case .dump(let database, let location, false): try learnDump(source, database: database, location: location)
        default: break
        }
    }

    /// A small SQL file may declare the table of another (mysqldump --tab, mydumper).
    private func learnDump(_ source: PeekedSource, database: String?, location: String) throws {
        let limit = 48 * 1024
        let head = try source.peek(limit)
        guard head.count < limit else { return }
        let text = UnicodeMark.plainHead(head) ?? Array(head)
        // What cannot be decided is reported where the file itself is read.
        guard let family = try? DialectChoice.family(of: text, options: options, shape: nil, origin: "") else { return }
        var setup = setup
        setup.skipsUnknownStatements = true  // the reader of its rows reports them
        let reader = try SQLReader(
            PeekedSource(BytesSource(text)), dialect: SQLDialect(family: family), database: database, catalog: catalog,
            setup: setup)
        var declared: [TableSchema] = []
        while let event = try? reader.next() {
            if case .declared(let schema) = event { declared.append(schema) }
        }
        if declared.count == 1, let schema = declared.first { try remember(schema, at: location, family) }
    }
}

/// A structure, and whose it is.
private struct LocatedSchema: Recordable {
    var schema: TableSchema
    var family: SQLDialect.Family

    init(schema: TableSchema, family: SQLDialect.Family) {
        self.schema = schema
        self.family = family
    }

    init(from record: inout RecordReader) throws {
        self.init(schema: try TableSchema(from: &record), family: try record.flag() ? .mysql : .postgresql)
    }

    func write(to record: inout RecordWriter) {
        schema.write(to: &record)
        record.put(family == .mysql)
    }
}
