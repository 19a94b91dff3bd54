import BackupRows
import BackupText
import Foundation

/// A file of a dump by MySQL Shell (`util.dumpInstance`, `dumpSchemas`, `dumpTables`) that holds no rows, by its name
/// and first bytes.
///
///     @.json  @.done.json  @.sql  @.users.sql  shop.json  shop.sql      of the whole dump, of a schema
///     shop@orders.json     columns, separators, encodings of the rows
///     shop@orders.sql      CREATE TABLE
///     shop@orders@0.tsv.zst … shop@orders@@7.tsv.zst      rows (`ShellPart`), each with an .idx beside it
enum ShellFile: Equatable, Codable {
    case dump(folder: String)
    /// Written when the dump is whole.
    case done(folder: String)
    case table(location: String)
    case declaration(location: String)
    /// Known to hold nothing that is converted.
    case other

    /// It declares the columns of a table.
    var isOfTable: Bool {
        switch self {
        case .table, .declaration: true
        case .dump, .done, .other: false
        }
    }

    static let banner = "-- MySQLShell dump"
    /// Of a file's first bytes.
    static let bytesNeeded = 1024

    /// nil: it is none.
    init?(path: String, head: UnsafeRawBufferPointer) {
        let parts = path.pathParts.filter { $0 != "." }
        guard let file = parts.last, let dot = file.lastIndex(of: ".") else { return nil }
        let folder = parts.dropLast().joined(separator: "/"), stem = String(file[..<dot])
        let location = (parts.dropLast() + [stem]).joined(separator: "/")
        switch file[dot...] {
        case ".json" where Self.begins(head, "{"):
            if stem == "@" {
                self = .dump(folder: folder)
            } else if stem == "@.done" {
                self = .done(folder: folder)
            } else if Self.isTable(stem) {
                self = .table(location: location)
            } else if String(decoding: head, as: UTF8.self).contains("\"includesDdl\"") {
                self = .other
            } else {
                return nil
            }
        case ".sql" where Self.begins(head, Self.banner):
            self = Self.isTable(stem) ? .declaration(location: location) : .other
        case ".idx" where stem.contains("@"): self = .other
        default: return nil
        }
    }

    /// Two names in percent-encoding, so that `@` stands between them alone.
    private static func isTable(_ stem: String) -> Bool {
        let names = stem.split(separator: "@", omittingEmptySubsequences: false)
        return names.count == 2 && !names.contains("")
    }

    /// The files that an `@.done.json` lists, by their names when they are unpacked; none where it is of an older
    /// version.
    static func filesOfRows(listedIn text: [UInt8]) -> [String] {
        struct Done: Decodable { var chunkFileBytes: [String: Int]? }
        let listed = (try? JSONDecoder().decode(Done.self, from: Data(text)))?.chunkFileBytes ?? [:]
        return listed.keys.map { name in
            [".zst", ".gz"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
        }
    }

    private static func begins(_ head: UnsafeRawBufferPointer, _ text: String) -> Bool {
        head.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.starts(with: text.utf8)
    }
}

/// A file of rows in a dump by MySQL Shell, by its name.
struct ShellPart: Equatable, Codable {
    /// Where its table's metadata is looked for.
    var location: String
    /// The table, or its partition, whose chunks are counted.
    var series: String
    /// nil: it is not cut into chunks.
    var chunk: Int?
    var isLast: Bool

    /// nil: the name is no such one.
    init?(path: String) {
        let parts = path.pathParts.filter { $0 != "." }
        guard let file = parts.last, let dot = file.lastIndex(of: ".") else { return nil }
        var names = file[..<dot].split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        guard names.count >= 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
        let folder = Array(parts.dropLast())
        location = (folder + [names[0] + "@" + names[1]]).joined(separator: "/")
        (chunk, isLast) = (nil, false)
        if names.count > 2, let number = Int(names[names.count - 1]) {
            names.removeLast()
            chunk = number
            if names.last == "" {
                names.removeLast()
                isLast = true
            }
        }
        series = (folder + [names.joined(separator: "@")]).joined(separator: "/")
    }
}
