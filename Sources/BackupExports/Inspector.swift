import BackupArchives
import BackupBytes
import BackupRows
import BackupText
import Synchronization

/// What was found so far.
struct Findings {
    var entries: [ExportInspection.Entry] = []
    var tables = InspectedTables()
    var isWhole = true
}

/// Goes through an export entry by entry: names, first bytes, structures. Its tables are those that a conversion would
/// meet; where that would read too much, those of what was looked at, rows being read only of SQL files, whose tables
/// lie inside.
final class Inspector: Sendable {
    let export: BackupExport
    let limit: Int?
    let given: GivenStructures
    private let isCancelled = Atomic<Bool>(false)
    /// What is read now, so that a read that waits can be ended.
    private let current = Mutex<UnpackingControl?>(nil)

    init(_ export: BackupExport, limit: Int?) {
        self.export = export
        self.limit = limit
        given = GivenStructures(export.options)
    }

    /// Ends it at the next entry or batch. Any thread.
    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
        given.cancel()
        current.withLock(\.self)?.cancel()
    }

    func checkCancellation() throws {
        if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
    }

    func run() throws -> ExportInspection {
        var found = Findings()
        let counter = ByteCounter(), given = try given.tables()
        for input in export.inputs {
            do {
                let walked = try walkedTables(of: input), before = found.tables
                try look(into: input, given, looksAhead: walked != nil, counter, &found)
                if let walked {
                    found.tables = before
                    for table in walked { found.tables.putLast(table) }
                }
            } catch { throw ExportError.wrap(error, entry: input.name) }
        }
        return ExportInspection(
            entries: found.entries, tables: found.tables.all, bytesRead: counter.count, isWhole: found.isWhole)
    }

    /// `looksAhead`: for structures that lie after the data, as a conversion does.
    private func look(
        into input: ExportInput, _ given: GivenTables, looksAhead: Bool, _ counter: ByteCounter, _ found: inout Findings
    ) throws {
        let options = export.options,
            structures = try Structures(input, options: options, setup: ReaderSetup(), given: given)
        let entries = try input.entries(limits: options.limits.unpacking, counter: counter)
        let control = entries.control
        current.withLock { $0 = control }
        // Cancelled before there was anything to cancel.
        if isCancelled.load(ordering: .relaxed) { control.cancel() }
        defer { control.cancel() }
        while let entry = try entries.next() {
            try checkCancellation()
            guard case .file(let kind, let source) = entry.content else {
                if case .refused(let why) = entry.content, !why.isEmpty {
                    found.entries.append(.init(path: entry.path, role: "not converted", table: nil, evidence: [why]))
                }
                continue
            }
            let head = try source.peek(32 * 1024)
            let role = EntryRole(entry, head: head, options: options)
            guard
                kind == .text || kind == .empty || (kind == .unknownBinary && !entry.isAlone) || role.isParquet
                    || role == .log
            else {
                found.entries.append(
                    .init(path: entry.path, role: "not converted", table: nil, evidence: [kind.explanation]))
                continue
            }
            if looksAhead, case .data(let part) = role, let location = try structures.missing(for: part) {
                try structures.lookAhead(for: location)
            }
            try describe(entry, role, kind, source, structures, counter, &found)
            if let limit, counter.count > limit {
                found.isWhole = try entries.next() == nil
                return
            }
        }
    }

    private func describe(
        _ entry: Entry, _ role: EntryRole, _ kind: ContentKind, _ source: PeekedSource, _ structures: Structures,
        _ counter: ByteCounter,
        _ found: inout Findings
    ) throws {
        let options = export.options
        switch role {
        case .log: try describe(log: entry, source, structures, counter, &found)
        case .structure(let location, let folders, let isPostgres):
            let schema = try structures.learn(
                location: location, folders: folders, isPostgres: isPostgres, source: source, origin: entry.origin)
            found.entries.append(
                .init(path: entry.path, role: "structure", table: schema?.name.description, evidence: []))
            if let schema { found.tables.putLast(schema, options) }
        case .shell(let file):
            let learned = try structures.learn(file, source, entry.origin)
            found.entries.append(
                .init(
                    path: entry.path, role: file.isOfTable ? "structure" : "not converted",
                    table: learned?.schema?.name.description,
                    evidence: ["of a dump by MySQL Shell"]))
            if let schema = learned?.schema { found.tables.putLast(schema, options) }
        case .data(let part) where part.format == .parquet && kind != .empty:
            try describe(entry, part, structures.table(at: part, options.dialect), source, counter, &found)
        case .data(let part):
            let known = try structures.table(at: part, options.dialect)
            found.entries.append(
                .init(
                    path: entry.path, role: kind == .empty ? "empty" : part.format.words, table: known.name.description,
                    evidence: kind == .empty ? [] : try evidence(part, known, source.peek(32 * 1024))))
            let isNothing = kind == .empty && entry.isAlone
            if known.schema == nil && !isNothing {
                try lookAtFirstRows(part, known, source, entry.origin, structures, counter, &found)
            }
        case .dump(let database, let described, _):
            let shape = try structures.known(at: described)?.family
            let (finding, whole) = try DialectChoice.look(at: source, shape: shape)
            found.entries.append(
                .init(path: entry.path, role: "dump", table: nil, evidence: finding.lines(options, shape: shape)))
            if options.dialect.family != nil || finding.hasFamily {
                try tables(ofDump: whole, database, entry.origin, structures, counter, shape, &found)
            }
        case .ignored:
            found.entries.append(.init(path: entry.path, role: "not converted", table: nil, evidence: []))
        }
    }

    private func evidence(_ part: DataPart, _ known: KnownTable, _ head: UnsafeRawBufferPointer) throws -> [String] {
        if part.format == .json { return [Self.form(ofJSON: head)] }
        guard part.format != .sql else { return [] }
        let dialect = try DataReaders.csvDialect(part, known, export.options)
        var lines = [
            "read as \(known.family.map { "\($0.rawValue)'s dialect" } ?? "plain CSV"), delimiter "
                + "\(Self.name(dialect.delimiter)), "
                + "NULL is \(Self.names(ofNulls: dialect.nulls))"
                + (dialect.hasHeader ? ", with a header" : ", without a header")
        ]
        if let best = DialectSniffer.delimiters(head, quote: dialect.quote).first, best.isRegular,
            best.delimiter != dialect.delimiter
        {
            lines.append(
                "but the first \(best.fieldsPerLine.count) lines have \(best.fieldsPerLine[0]) fields each with the "
                    + "delimiter \(Self.name(best.delimiter))"
            )
        }
        switch LineEnds(dialect).decide(head, isWhole: head.count < 32 * 1024) {
        case .newline(.cr): lines.append("lines end with carriage returns alone")
        case .newline(.crlf): lines.append("lines end with CR LF, and LF alone is data")
        case .ambiguous: lines.append("nothing shows whether lines end with LF, CR LF or CR")
        default: break
        }
        return lines
    }

    private static func form(ofJSON head: UnsafeRawBufferPointer) -> String {
        let first = head.first { $0 > 0x20 && $0 < 0x80 }
        return first == UInt8(ascii: "[") ? "one array of objects" : "an object a row"
    }

    private static func name(_ byte: UInt8) -> String { byte == 0x09 ? "tab" : "`\(UnicodeScalar(byte))`" }

    private static func names(ofNulls nulls: [String]) -> String {
        nulls.isEmpty
            ? "never" : nulls.map { $0.isEmpty ? "the unquoted empty field" : "`\($0)`" }.joined(separator: " or ")
    }

    /// A table that no structure describes (so far): its columns are those of the header, or of the first row.
    private func lookAtFirstRows(
        _ part: DataPart, _ known: KnownTable, _ source: PeekedSource, _ origin: String, _ structures: Structures,
        _ counter: ByteCounter,
        _ found: inout Findings
    ) throws {
        if found.tables.contains(known.name) { return }
        let setup = ReaderSetup()
        let reader = try DataReaders.reader(
            for: part, known: known, source: source, origin: origin, options: export.options, setup: setup,
            catalog: structures.catalog)
        var layout: RowLayout?
        while layout == nil, limit.map({ counter.count <= $0 }) ?? true, let event = try reader.next() {
            try checkCancellation()
            guard case .rows(let batch) = event else { continue }
            layout = batch.layout
        }
        layout = layout ?? reader.chosenLayout
        found.tables.putLast(.init(name: known.name.description, columns: layout?.outputColumns ?? []))
    }

    private func tables(
        ofDump source: PeekedSource, _ database: String?, _ origin: String, _ structures: Structures,
        _ counter: ByteCounter,
        _ shape: SQLDialect.Family?, _ found: inout Findings
    ) throws {
        var setup = ReaderSetup()
        setup.skipsUnknownStatements = true
        let reader = try DataReaders.dumpReader(
            source, database: database, origin: origin, options: export.options, setup: setup,
            catalog: structures.catalog, shape: shape)
        while let event = try reader.next() {
            try checkCancellation()
            switch event {
            case .declared(let schema): if schema.unreadable == nil { found.tables.putLast(schema, export.options) }
            case .view(let name): found.tables.remove(name)
            case .rows(let batch):
                if !found.tables.contains(batch.table) {
                    found.tables.putLast(.init(name: batch.table.description, columns: batch.layout.outputColumns))
                }
            default: break
            }
            if let limit, counter.count > limit {
                found.isWhole = false
                return
            }
        }
    }
}

extension DataPart.Format {
    fileprivate var words: String {
        switch self {
        case .csv(true): "csv with header"
        case .csv: "csv"
        case .tab: "tab"
        case .sql: "sql"
        case .parquet: "parquet"
        case .json: "json"
        }
    }
}

extension SQLFamilyFinding {
    /// A family is known, or may be assumed.
    fileprivate var hasFamily: Bool { if case .family = verdict { true } else { false } }

    /// What it is read as, then the evidence, a line each.
    fileprivate func lines(_ options: ExportOptions, shape: SQLDialect.Family?) -> [String] {
        let reading =
            switch (options.dialect.family, verdict) {
            case (let chosen?, _): "read as \(SQLProduct(chosen).rawValue), as the options say"
            case (nil, .family(let family, isAssumed: true)):
                "read as \(SQLProduct(family).rawValue): nothing shows whose it is, and nothing in its head is read "
                    + "otherwise by others"
            case (nil, .family(let family, isAssumed: false)):
                "read as \(SQLProduct(family).rawValue)"
                    + (signs.isEmpty && shape != nil ? ", as the structure beside it" : "")
            case (nil, let verdict): "not read: \(verdict.error(origin: "").why)"
            }
        return [reading] + signs.prefix(Self.linesShown).map { "\($0.product.rawValue): \($0.description)" }
    }

    private static let linesShown = 12
}
