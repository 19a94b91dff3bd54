import BackupBytes
import BackupLake
import BackupRows
import Crypto

/// The tables that given structures declare, and which of them a name means.
struct GivenTables: Sendable {
    struct Table: Sendable {
        let name: TableName
        let family: SQLDialect.Family
        /// The number of the catalog that has its columns.
        fileprivate let catalog: Int
        /// It was declared by the structure file of a tree.
        let isOfTree: Bool
    }

    /// What a structure is, beside its tables.
    struct Shape {
        /// It has structure files as the documented trees have them.
        var isTree = false
        /// Its tables of PostgreSQL whose names have no schema.
        var postgresWithoutSchema: Set<TableName> = []
    }

    private var catalogs: [SchemaCatalog] = []
    private var paths: [String] = []
    /// By the name without database and schema, in lower case.
    private var byTable: [ExactText: [Table]] = [:]
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// What they are called in messages.
    var source: String { paths.joined(separator: ", ") }

    /// In the order of their names.
    var all: [Table] { byTable.values.joined().sorted { $0.name < $1.name } }

    /// Those of this name, whatever their database and schema; where there is none, those whose names differ in their
    /// case alone.
    func tables(called name: String) -> [Table] {
        guard let alike = byTable[ExactText(name.lowercased())] else { return [] }
        let exact = alike.filter { ExactText($0.name.table) == ExactText(name) }
        return exact.isEmpty ? alike : exact
    }

    /// nil: its CREATE TABLE cannot be read.
    func schema(of table: Table) throws -> TableSchema? { try catalogs[table.catalog].schema(of: table.name) }

    func whyUnreadable(_ table: Table) throws -> String? { try catalogs[table.catalog].whyUnreadable(table.name) }

    /// What is declared of a table whose full name is known, by that name; a structure may leave out the database, and
    /// so may the rows, where only one table can be meant.
    func schema(named name: TableName) throws -> TableSchema? {
        let alike = tables(called: name.table).filter { given in
            given.name.schema.map(ExactText.init) == name.schema.map(ExactText.init)
                && (given.name.database == nil || name.database == nil
                    || given.name.database.map(ExactText.init) == name.database.map(ExactText.init))
        }
        guard let table = alike.first(where: { $0.name == name }) ?? (alike.count == 1 ? alike[0] : nil),
            var schema = try schema(of: table)
        else { return nil }
        schema.name = name
        return schema
    }

    /// The tables of another structure.
    /// - Throws: `ExportError` where it declares none, or one in another way than an earlier structure.
    mutating func add(
        _ catalog: SchemaCatalog, from path: String, _ shape: Shape, limits: ExportLimits
    ) throws {
        let number = catalogs.count
        var declaresSome = false
        catalogs.append(catalog)
        paths.append(path)
        try catalog.forEachTable { name in
            declaresSome = true
            let isPostgres = name.schema != nil || shape.postgresWithoutSchema.contains(name)
            let table = Table(
                name: name, family: isPostgres ? .postgresql : .mysql, catalog: number, isOfTree: shape.isTree)
            if let other = byTable[ExactText(name.table.lowercased())]?.first(where: { $0.name == name }) {
                return try refuseDifference(table, from: other)
            }
            byTable[ExactText(name.table.lowercased()), default: []].append(table)
            count += 1
            if count > limits.tables {
                throw ExportError(
                    .overLimit, entry: path, why: "it declares more than \(limits.tables) tables",
                    remedy: "see \(.tableLimit)")
            }
        }
        if !declaresSome {
            throw ExportError(
                .noTables, entry: path, why: "this structure declares no table",
                remedy: "give a dump with CREATE TABLE, or the folder or archive of an export with structure files")
        }
    }

    /// Binary logs are MySQL's.
    func refuseForLogs() throws {
        guard !isEmpty, byTable.values.allSatisfy({ $0.allSatisfy { $0.family == .postgresql } }) else { return }
        throw ExportError(
            .badStructure, entry: source, why: "its tables are PostgreSQL's, and binary logs are MySQL's",
            remedy: "give the structure of the server that wrote the logs")
    }

    private func refuseDifference(_ table: Table, from other: Table) throws {
        guard let own = try schema(of: table), let earlier = try schema(of: other),
            let difference = own.difference(from: earlier)
        else { return }
        throw ExportError(
            .badStructure, entry: paths[table.catalog], table: table.name,
            why: "\(paths[other.catalog]) declares it in another way: \(difference)", remedy: "give one of the two")
    }

    /// The same for all structures that declare the same, wherever they lie; nil: there are none.
    func digest() throws -> String? {
        if isEmpty { return nil }
        var hash = SHA256()
        for table in all {
            var record = RecordWriter()
            table.name.write(to: &record)
            record.put(table.family == .mysql)
            record.put(try whyUnreadable(table))
            try schema(of: table)?.write(to: &record)
            hash.update(data: record.bytes)
        }
        return Hex.text(hash.finalize())
    }
}
