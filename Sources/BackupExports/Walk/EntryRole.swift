import BackupArchives
import BackupTables

/// What an entry is to an export, by its path: the documented trees of converted backup sets, the files of the usual dump
/// tools, and single files.
enum EntryRole: Equatable, Codable {
    /// Declares a table, or types that tables use. `place` is the folder (or path) whose data it describes.
    case structure(place: String, folders: [String], isPostgres: Bool?)
    /// Rows of one table.
    case data(DataPart)
    /// SQL text that says itself what it holds. `database` is what its name suggests.
    case dump(database: String?, place: String, waitsForStructure: Bool)
    /// Of a dump by MySQL Shell.
    case shell(ShellFile)
    /// Known to hold no rows.
    case ignored
}

/// A file of rows whose table is told by its path.
struct DataPart: Equatable, Codable {
    enum Format: Equatable, Codable {
        case csv(header: Bool?)
        case tab
        case sql
    }
    /// Where its structure is looked for.
    var place: String
    /// The folders or name parts from the outermost: `[shop, orders]`, `[shop, public, orders]`.
    var names: [String]
    var format: Format
    /// It lies in a documented tree, `…/<table>/data/…`.
    var isTree: Bool
    /// What it is in a dump by MySQL Shell, if it lies in one.
    var shell: ShellPart?
}

extension EntryRole {
    /// `isAlone`: the input is this one file. `looksLikeSQL`: what the first bytes say.
    init(path: String, isAlone: Bool, format: ExportOptions.Format, dialect: ExportOptions.Dialect, looksLikeSQL: Bool) {
        let parts = path.pathParts.filter { $0 != "." }
        let file = parts.last ?? "", folders = Array(parts.dropLast())
        let place = folders.joined(separator: "/")
        let dot = file.lastIndex(of: ".")
        let suffix = dot.map { file[file.index(after: $0)...].lowercased() } ?? ""
        let stem = dot.map { String(file[..<$0]) } ?? file

        switch file.lowercased() {
        case "column_structure.sql" where !isAlone:
            self = .structure(place: place, folders: folders, isPostgres: true)
            return
        case "constraint_structure.sql", "index_structure.sql", "inherit_structure.sql":
            self = .ignored
            return
        case "structure.sql" where !isAlone:
            self = .structure(place: place, folders: folders, isPostgres: nil)
            return
        default: break
        }
        if folders.count >= 2 && folders.last == "data" {
            self = Self.treeData(suffix: suffix, stem: stem, table: Array(folders.dropLast()), format: format, looksLikeSQL: looksLikeSQL)
            return
        }
        let own = folders + [stem]
        let isDelimited = ["csv", "tsv", "txt"].contains(suffix)
        let isSQL = switch format {
        case .sql: true
        case .csv: suffix == "sql" && !isAlone  // mysqldump --tab: the structure beside the data
        case .auto: suffix == "sql" || (looksLikeSQL && !isDelimited)
        }
        if isSQL {
            self = Self.sqlFile(stem: stem, place: own.joined(separator: "/"), folders: folders, isAlone: isAlone)
        } else if isDelimited || format == .csv {
            let isTab = suffix == "txt" || suffix == "tsv"
            let header = stem.hasSuffix(".wh") ? true : nil
            let name = header == true ? String(stem.dropLast(3)) : stem
            self = .data(DataPart(
                place: (folders + [name]).joined(separator: "/"), names: Self.names(name, folders: folders, isAlone: isAlone, dialect: dialect),
                format: isTab ? .tab : .csv(header: header), isTree: false))
        } else if isAlone {
            self = .data(DataPart(place: place, names: [stem], format: .csv(header: nil), isTree: false))
        } else {
            self = .ignored
        }
    }

    private static func treeData(suffix: String, stem: String, table: [String], format: ExportOptions.Format, looksLikeSQL: Bool) -> EntryRole {
        let isSQL = format == .sql || (format == .auto && (suffix == "sql" || (suffix != "csv" && looksLikeSQL)))
        let header: Bool? = stem.split(separator: ".").last == "wh" ? true : nil
        return .data(DataPart(
            place: table.joined(separator: "/"), names: Array(table.suffix(3)), format: isSQL ? .sql : .csv(header: header), isTree: true))
    }

    /// The file names of mydumper (`db.table-schema.sql`, `db.table.00001.sql`) and of RDS logical backups (`db_datafull_….sql`).
    private static func sqlFile(stem: String, place: String, folders: [String], isAlone: Bool) -> EntryRole {
        for ending in ["-schema-triggers", "-schema-post", "-schema-create", "-schema-sequence"] where stem.hasSuffix(ending) { return .ignored }
        if let range = stem.ranges(of: "_datafull_").first { return .dump(database: String(stem[..<range.lowerBound]), place: place, waitsForStructure: false) }
        var parts = stem.split(separator: ".").map(String.init)
        for ending in ["-schema", "-schema-view"] where stem.hasSuffix(ending) && parts.count > 1 {
            let described = (folders + [String(stem.dropLast(ending.count))]).joined(separator: "/")
            return .dump(database: parts[0], place: described, waitsForStructure: false)
        }
        guard parts.count > 1, !isAlone else { return .dump(database: nil, place: place, waitsForStructure: false) }
        while parts.count > 2, parts.last?.allSatisfy(\.isNumber) == true { parts.removeLast() }
        return .dump(database: parts[0], place: (folders + [parts.joined(separator: ".")]).joined(separator: "/"), waitsForStructure: true)
    }

    /// `db.table.00001` → `[db, table]`; a plain name has its folder as database.
    private static func names(_ stem: String, folders: [String], isAlone: Bool, dialect: ExportOptions.Dialect) -> [String] {
        if isAlone { return [stem] }
        var parts = stem.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        while parts.count > 2, parts.last?.allSatisfy(\.isNumber) == true { parts.removeLast() }
        if parts.count > 1 && parts.count <= 3 && !parts.contains("") { return parts }
        return folders.suffix(1) + [stem]
    }
}

extension Entry {
    /// Files that dump tools and people put beside data.
    var isKnownBystander: Bool { Self.isKnownBystander(path) }

    static func isKnownBystander(_ path: String) -> Bool {
        let name = path.pathParts.last?.lowercased() ?? ""
        return name == "metadata" || name.hasPrefix("readme") || name.hasPrefix(".") || name.hasSuffix(".md") || name.hasSuffix(".log")
    }
}
