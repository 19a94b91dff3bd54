import BackupArchives
import BackupBytes
import BackupRows
import BackupText
import Foundation

/// The database of a tree whose tables lie at the root of the input (rule 39): that of CREATE DATABASE or USE in its
/// `structure.sql`, or of the qualified rows; else, where that file is there, the name of the folder or archive.
struct RootDatabase: Codable {
    private(set) var name: String?

    init(name: String?) { self.name = name }

    /// Looks through the structures of the root, and the first rows of its tables.
    init(in input: ExportInput, options: ExportOptions) throws {
        let entries = try input.entries(limits: options.limits.unpacking, counter: nil)
        defer { entries.cancel() }
        var ofRows: String?, isDatabase = false
        while let entry = try entries.next() {
            guard case .file(.text, let source) = entry.content, let peeked = source as? PeekedSource else { continue }
            let head = try peeked.peek(Self.headLength)
            let role = EntryRole(entry, head: head, options: options)
            switch role {
            case .structure(_, let folders, _) where folders.isEmpty:
                let names = SQLNames(head, family: options.family(of: head))
                if let database = names.database {
                    name = database
                    return
                }
                if !names.declaresTable { isDatabase = true }
            case .data(let part) where part.isTree && part.format == .sql && part.place.pathParts.count <= 2:
                ofRows = ofRows ?? SQLNames(head, family: options.family(of: head)).databaseOfRows
            default: break
            }
        }
        name = ofRows ?? (isDatabase ? input.bareName : nil)
    }

    private static let headLength = 32 * 1024
}

extension ExportOptions {
    /// Of the first bytes of SQL, where no more is known.
    fileprivate func family(of head: UnsafeRawBufferPointer) -> SQLDialect.Family {
        (try? DialectChoice.family(of: Array(head), options: self, shape: .mysql, origin: "")) ?? .mysql
    }
}

extension ExportInput {
    /// The folder's name, or that of the archive without `.tar.gz`; nil for a stream without one.
    fileprivate var bareName: String? {
        let path =
            switch self {
            case .path(let path): isFolder ? URL(fileURLWithPath: path).standardizedFileURL.path : path
            case .source(_, let name): name
            }
        guard var name = path.pathParts.last, name != "-" else { return nil }
        while let dot = name.lastIndex(of: "."), dot > name.startIndex,
            ["gz", "tgz", "zst", "tar", "zip", "xz", "bz2", "7z"].contains(name[name.index(after: dot)...].lowercased())
        {
            name = String(name[..<dot])
        }
        return name
    }
}
