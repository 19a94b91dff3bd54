import BackupArchives
import BackupBytes
import BackupRows
import BackupText

/// What an entry is to an export, by its path: the documented trees of converted backup sets, the files of the usual
/// dump tools, and single files.
enum EntryRole: Equatable, Codable {
    /// Declares a table, or types that tables use. `location` is the folder (or path) whose data it describes.
    case structure(location: String, folders: [String], isPostgres: Bool?)
    /// Rows of one table.
    case data(DataPart)
    /// SQL text that says itself what it holds. `database` is what its name suggests.
    case dump(database: String?, location: String, waitsForStructure: Bool)
    /// Of a dump by MySQL Shell.
    case shell(ShellFile)
    /// A binary log of MySQL or MariaDB.
    case log
    /// Known to hold no rows.
    case ignored
}

/// A file of rows whose table is known by its path.
struct DataPart: Equatable, Codable {
    enum Format: Equatable, Codable {
        case csv(header: Bool?)
        case tab
        case sql
        case parquet
        case json
    }
    /// Where its structure is looked for.
    var location: String
    /// The folders or name parts from the outermost: `[shop, orders]`, `[shop, public, orders]`.
    var names: [String]
    var format: Format
    /// It lies in a documented tree, `…/<table>/data/…`.
    var isTree: Bool
    /// It is all of the input.
    var isAlone = false
    /// What it is in a dump by MySQL Shell, if it lies in one.
    var shell: ShellPart?
    /// What it is if its folder belongs to no table; nil: its own name says that it is a part of one.
    var otherwise: Otherwise?

    /// `…/shop/data/orders.csv` without a structure in `…/shop` is the table `[shop, orders]`, and
    /// `…/shop/data/all.sql` a dump.
    struct Otherwise: Equatable, Codable {
        var location: String
        var names: [String]
        var format: Format
        /// In the folder of a table it is no part of it either: `notes.txt`, `readme.csv`.
        var isStray: Bool
    }

    /// The role where no table is known at its folder.
    var otherRole: EntryRole? {
        guard let otherwise else { return nil }
        if otherwise.format == .sql {
            return .dump(database: nil, location: otherwise.location, waitsForStructure: false)
        }
        return .data(
            DataPart(location: otherwise.location, names: otherwise.names, format: otherwise.format, isTree: false))
    }
}

extension EntryRole {
    /// What the first bytes of a file look like.
    enum Look { case parquet, sql, json, other }

    /// `isAlone`: the input is this one file.
    init(
        path: String, isAlone: Bool, format: ExportOptions.Format, dialect: ExportOptions.Dialect, look: Look
    ) {
        let parts = path.pathParts.filter { $0 != "." }
        let file = parts.last ?? "", folders = Array(parts.dropLast())
        let location = folders.joined(separator: "/")
        let dot = file.lastIndex(of: ".")
        let suffix = dot.map { file[file.index(after: $0)...].lowercased() } ?? ""
        let stem = dot.map { String(file[..<$0]) } ?? file

        if !isAlone && Entry.isLitter(path: path) {
            self = .ignored
            return
        }
        switch file.lowercased() {
        case "column_structure.sql" where !isAlone:
            self = .structure(location: location, folders: folders, isPostgres: true)
            return
        case "constraint_structure.sql", "index_structure.sql", "inherit_structure.sql":
            self = .ignored
            return
        case "structure.sql" where !isAlone:
            self = .structure(location: location, folders: folders, isPostgres: nil)
            return
        default: break
        }
        let isJSON = Self.isJSON(suffix: suffix, format, look)
        if folders.last == "data" && !isAlone {
            self = Self.treeData(
                file: file, suffix: suffix, stem: stem, table: Array(folders.dropLast()), format: format,
                look: isJSON ? .json : look == .json ? .other : look)
            return
        }
        let own = folders + [stem]
        let isDelimited = ["csv", "tsv", "txt"].contains(suffix)
        let isSQL =
            switch format {
            case .sql: true
            case .csv: suffix == "sql" && !isAlone  // mysqldump --tab: the structure beside the data
            case .auto, .parquet, .json, .binlog: suffix == "sql" || (look == .sql && !isDelimited && !isJSON)
            }
        if look == .parquet {
            self = .data(
                DataPart(
                    location: own.joined(separator: "/"),
                    names: Self.names(stem, folders: folders, isAlone: isAlone, dialect: dialect), format: .parquet,
                    isTree: false))
        } else if isJSON {
            self = .data(
                DataPart(
                    location: own.joined(separator: "/"),
                    names: Self.names(stem, folders: folders, isAlone: isAlone, dialect: dialect), format: .json,
                    isTree: false))
        } else if isSQL {
            self = Self.sqlFile(stem: stem, location: own.joined(separator: "/"), folders: folders, isAlone: isAlone)
        } else if isDelimited || format == .csv {
            let isTab = suffix == "txt" || suffix == "tsv"
            let header = stem.hasSuffix(".wh") ? true : nil
            let name = header == true ? String(stem.dropLast(3)) : stem
            self = .data(
                DataPart(
                    location: (folders + [name]).joined(separator: "/"),
                    names: Self.names(name, folders: folders, isAlone: isAlone, dialect: dialect),
                    format: isTab ? .tab : .csv(header: header), isTree: false))
        } else if isAlone {
            self = .data(DataPart(location: location, names: [stem], format: .csv(header: nil), isTree: false))
        } else {
            self = .ignored
        }
    }

    /// Names say it, and where they say nothing, the first bytes.
    private static func isJSON(suffix: String, _ format: ExportOptions.Format, _ look: Look) -> Bool {
        switch format {
        case .json: suffix != "sql"
        case .auto:
            look != .parquet
                && (["json", "ndjson", "jsonl"].contains(suffix)
                    || look == .json && !["csv", "tsv", "txt", "sql"].contains(suffix))
        case .csv, .sql, .parquet, .binlog: false
        }
    }

    private static func treeData(
        file: String, suffix: String, stem: String, table: [String], format: ExportOptions.Format, look: Look
    ) -> EntryRole {
        let isParquet = look == .parquet, isJSON = look == .json
        let isNamedSQL = suffix == "sql" || (suffix != "csv" && look == .sql)
        let isSQL = !isParquet && !isJSON && (format == .sql || (format != .csv && isNamedSQL))
        let isHeader = stem.split(separator: ".").last == "wh", name = isHeader ? String(stem.dropLast(3)) : stem
        let parts = table.suffix(3), location = table.joined(separator: "/"),
            otherFormat: DataPart.Format =
                isParquet ? .parquet : isJSON ? .json : isSQL ? .sql : .csv(header: isHeader ? true : nil)
        var part = DataPart(location: location, names: Array(parts), format: otherFormat, isTree: true)
        let isPart = table.last.map { isPartName(name, of: $0) } ?? false
        if !isPart {
            let isTab = !isSQL && !isParquet && !isJSON && (suffix == "txt" || suffix == "tsv")
            part.otherwise = .init(
                location: (table + ["data", name]).joined(separator: "/"), names: [table.last ?? "data", name],
                format: isTab ? .tab : otherFormat,
                isStray: suffix == "txt" || Entry.isBystander(file))
        }
        return .data(part)
    }

    /// `orders_0_part1`, as downloads have it; and what says no more than a number: `0`, `part-1`.
    private static func isPartName(_ name: String, of table: String) -> Bool {
        if ExactText(name) == ExactText(table) { return true }
        let rest = name.hasPrefix(table) ? name.dropFirst(table.count) : name[...]
        return String(rest).isPartNumber
    }

    /// The file names of mydumper (`db.table-schema.sql`, `db.table.00001.sql`) and of RDS logical backups
    /// (`db_datafull_….sql`).
    private static func sqlFile(stem: String, location: String, folders: [String], isAlone: Bool) -> EntryRole {
        for ending in ["-schema-triggers", "-schema-post", "-schema-create", "-schema-sequence"]
        where stem.hasSuffix(ending) { return .ignored }
        if let range = stem.ranges(of: "_datafull_").first {
            return .dump(database: String(stem[..<range.lowerBound]), location: location, waitsForStructure: false)
        }
        var parts = stem.split(separator: ".").map(String.init)
        for ending in ["-schema", "-schema-view"] where stem.hasSuffix(ending) && parts.count > 1 {
            let described = (folders + [String(stem.dropLast(ending.count))]).joined(separator: "/")
            return .dump(database: parts[0], location: described, waitsForStructure: false)
        }
        guard parts.count > 1, !isAlone else {
            return .dump(database: nil, location: location, waitsForStructure: false)
        }
        while parts.count > 2, parts.last?.allSatisfy(\.isNumber) == true { parts.removeLast() }
        return .dump(
            database: parts[0], location: (folders + [parts.joined(separator: ".")]).joined(separator: "/"),
            waitsForStructure: true)
    }

    /// `db.table.00001` → `[db, table]`; a plain name has its folder as database.
    private static func names(
        _ stem: String, folders: [String], isAlone: Bool, dialect: ExportOptions.Dialect
    ) -> [String] {
        if isAlone { return [stem] }
        var parts = stem.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        while parts.count > 2, parts.last?.allSatisfy(\.isNumber) == true { parts.removeLast() }
        if parts.count > 1 && parts.count <= 3 && !parts.contains("") { return parts }
        return folders.suffix(1) + [stem]
    }
}

extension Entry {
    private var fileName: String { path.pathParts.last ?? "" }

    /// Files that dump tools and people put beside data.
    var isKnownBystander: Bool { Self.isKnownBystander(path) }

    static func isKnownBystander(_ path: String) -> Bool {
        isBystander(path.pathParts.last ?? "") || isLitter(path: path)
    }

    static func isBystander(_ file: String) -> Bool {
        let name = file.lowercased()
        return name == "metadata" || name.hasPrefix("readme") || name.hasSuffix(".md") || name.hasSuffix(".log")
            || name.hasSuffix(".metadata.json")
    }

    /// What systems and jobs leave in folders: no table, wherever it lies.
    var isLitter: Bool { Self.isLitter(path: path) }

    static func isLitter(path: String) -> Bool {
        let parts = path.pathParts, file = parts.last ?? ""
        if file.unicodeScalars.starts(with: "._".unicodeScalars) { return true }
        return (file.unicodeScalars.first == "." && !file.hasSuffix(".sql"))
            || ["_success", "_manifest.json", "thumbs.db", "desktop.ini"].contains(file.lowercased())
            || parts.contains("__MACOSX")
    }

    /// The folder beside whose tables it lies.
    var folderBeside: String {
        let folders = path.pathParts.dropLast().filter { $0 != "." }
        return folders.prefix { $0 != "__MACOSX" }.joined(separator: "/")
    }
}
