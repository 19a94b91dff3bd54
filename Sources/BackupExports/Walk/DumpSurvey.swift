import BackupArchives
import BackupBytes
import BackupRows
import BackupText
import Synchronization

/// Which databases and tables the dumps of one input declare. It is made before the first dump is read that does not
/// name its database. In a stream such dumps wait for the end of the input, and it is made there.
///
/// A schema in one file serves the rows in another. Dumps that make tables of one name are dumps of several databases,
/// and each has the name of its file.
struct DumpSurvey: Codable {
    /// The database of a dump that names none, by its location; nil for all where no two clash.
    private(set) var databases: [ExactText: String] = [:]

    /// How much of each dump is looked at.
    private static let reach = 8 << 20

    private struct Dump {
        var location: String
        var declared: [TableSchema] = []
        var views: [TableName] = []
        var tablesWithRows: Set<TableName> = []

        var names: [TableName] { declared.map(\.name) + views }
    }

    /// Declares in `structures` what the dumps declare.
    init(of input: ExportInput, options: ExportOptions, _ structures: Structures) throws {
        var dumps: [Dump] = []
        let entries = try input.entries(limits: options.limits.unpacking, counter: nil)
        defer { entries.control.cancel() }
        while let entry = try entries.next() {
            guard case .file(.text, let source) = entry.content else { continue }
            let head = try source.peek(EntryRole.headLength)
            let role = EntryRole(entry, head: head, options: options)
            switch role {
            case .dump(nil, let location, false):
                dumps.append(try Self.look(into: source, location, entry.origin, options))
            case .structure: try structures.learn(from: entry)
            default: break
            }
        }
        try self.init(&dumps, options, structures)
    }

    /// The same of the dumps of a stream, which wait.
    init(of pending: PendingItems, at location: String, options: ExportOptions, _ structures: Structures) throws {
        var dumps: [Dump] = []
        try pending.forEachFile(at: location) { file, source in
            guard case .dump(nil, let location, false) = file.role else { return }
            dumps.append(try Self.look(into: source, location, file.origin, options))
        }
        try self.init(&dumps, options, structures)
    }

    private init(_ dumps: inout [Dump], _ options: ExportOptions, _ structures: Structures) throws {
        if options.duplicates == .error { nameApart(&dumps) }
        for schema in dumps.flatMap(\.declared) where try !structures.catalog.knows(schema.name) {
            try structures.catalog.declare(schema)
        }
    }

    /// Statements that are wrong end the look: they are an error when the dump is read for its rows. Bytes that cannot
    /// be read are an error here, since the names of all dumps hang on what is found.
    private static func look(
        into source: PeekedSource, _ location: String, _ origin: String, _ options: ExportOptions
    ) throws -> Dump {
        var dump = Dump(location: location)
        let head = LimitedSource(source, reach)
        try? declarations(in: head, origin, options, &dump)
        if let failure = head.failure { throw failure }
        return dump
    }

    private static func declarations(
        in source: LimitedSource, _ origin: String, _ options: ExportOptions, _ dump: inout Dump
    ) throws {
        let reader = try DataReaders.dumpReader(
            PeekedSource(source), database: nil, origin: origin, options: options, setup: ReaderSetup(),
            catalog: SchemaCatalog())
        while let event = try reader.next() {
            switch event {
            case .declared(let schema): dump.declared.append(schema)
            case .view(let name):
                dump.declared.removeAll { $0.name == name }
                dump.views.append(name)
            case .rows(let batch): dump.tablesWithRows.insert(batch.table)
            default: break
            }
        }
    }

    // MARK: Names

    private mutating func nameApart(_ dumps: inout [Dump]) {
        let unnamed = dumps.indices.filter { index in
            (dumps[index].names + dumps[index].tablesWithRows).contains { $0.database == nil }
        }
        let clashing = Self.clashing(unnamed.map { dumps[$0] })
        guard !clashing.isEmpty else { return }
        var names = DumpNames.names(of: unnamed.map { dumps[$0].location }, clashing: clashing)
        var makers: [TableName: Set<ExactText>] = [:]
        for (number, index) in unnamed.enumerated() {
            for schema in dumps[index].declared { makers[schema.name, default: []].insert(ExactText(names[number])) }
        }
        for (number, index) in unnamed.enumerated() where dumps[index].declared.isEmpty {
            if let only = Self.onlyMaker(of: dumps[index].tablesWithRows, makers, besides: names[number]) {
                names[number] = only
            }
        }
        for (number, index) in unnamed.enumerated() {
            databases[ExactText(dumps[index].location)] = names[number]
            for schema in dumps[index].declared.indices where dumps[index].declared[schema].name.database == nil {
                dumps[index].declared[schema].name.database = names[number]
            }
        }
    }

    /// The one database that makes all of these tables, where that of their own name makes none.
    private static func onlyMaker(
        of tables: Set<TableName>, _ makers: [TableName: Set<ExactText>], besides own: String
    ) -> String? {
        let candidates = tables.map { makers[$0] ?? [] }
        let common = candidates.dropFirst().reduce(candidates.first ?? []) { $0.intersection($1) }
        return common.count == 1 && !common.contains(ExactText(own)) ? common.first?.text : nil
    }

    /// The numbers of dumps that make tables of one name: two with rows of it, two without, or one with a view of that
    /// name.
    private static func clashing(_ dumps: [Dump]) -> Set<Int> {
        var makers: [TableName: [Int]] = [:], clashing: Set<Int> = []
        for (number, dump) in dumps.enumerated() {
            for name in Set(dump.names) where name.database == nil { makers[name, default: []].append(number) }
        }
        for (name, numbers) in makers where numbers.count > 1 {
            let whole = numbers.filter { dumps[$0].tablesWithRows.contains(name) },
                views = numbers.filter { dumps[$0].views.contains(name) }
            let others = numbers.filter { !whole.contains($0) && !views.contains($0) }
            if whole.count > 1 || others.count > 1 || (!views.isEmpty && views.count < numbers.count) {
                clashing.formUnion(numbers)
            }
        }
        return clashing
    }
}

/// The first bytes of a source, and why they could not be read.
private final class LimitedSource: ByteSource {
    private let source: any ByteSource
    private var left: Int
    private(set) var failure: (any Error)?

    init(_ source: any ByteSource, _ limit: Int) {
        self.source = source
        left = limit
    }

    var length: Int? { nil }
    var canceller: (any ReadCanceller)? { source.canceller }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard left > 0 else { return 0 }
        do {
            let count = try source.read(into: .init(rebasing: buffer.prefix(left)))
            left -= count
            return count
        } catch {
            failure = error
            throw error
        }
    }
}
