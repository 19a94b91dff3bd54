import BackupArchives
import BackupBytes
import BackupRows
import BackupText
import Foundation

/// The database of a tree whose tables lie at the root of the input (rule 39): that of CREATE DATABASE or USE in its
/// `structure.sql`, or of the qualified rows; else, where that file is there, the name of the folder or archive.
///
/// A stream cannot be looked through before: what comes first counts, and what says otherwise later is an error.
struct RootDatabase: Codable {
    /// By what names it, the stronger first.
    private var ofStructure: String?
    private var ofRows: String?
    private var ofInput: String?
    /// Of a stream: tables have been named by it.
    private var isGiven = false

    var name: String? { ofStructure ?? ofRows ?? ofInput }

    init(name: String?) { ofStructure = name }

    /// The file that names it.
    enum Witness { case structure, rows, input }

    /// Of a stream: what one more of its files says.
    mutating func learn(_ database: String, by witness: Witness, from origin: String) throws {
        let before = name.map(ExactText.init)
        switch witness {
        case .structure: ofStructure = ofStructure ?? database
        case .rows: ofRows = ofRows ?? database
        case .input: ofInput = ofInput ?? database
        }
        guard isGiven, let after = name, ExactText(after) != before else { return }
        throw ExportError(
            .badStructure, entry: origin,
            why: "the database of the tables at the root is \(after), and some of them came before this was known",
            remedy: "give the file by its path, not through a pipe")
    }

    /// Of a stream: the name of a table's database, which cannot change any more.
    mutating func give() -> String? {
        isGiven = true
        return name
    }

    /// Looks through the structures of the root, and the first rows of its tables.
    init(in input: ExportInput, options: ExportOptions) throws {
        let entries = try input.entries(limits: options.limits.unpacking, counter: nil)
        defer { entries.control.cancel() }
        var isDatabase = false
        while let entry = try entries.next() {
            guard case .file(.text, let source) = entry.content else { continue }
            let head = try source.peek(Self.headLength)
            let role = EntryRole(entry, head: head, options: options)
            switch role {
            case .structure(_, let folders, _) where folders.isEmpty:
                let names = SQLNames(head, family: options.family(of: head))
                if let database = names.database {
                    ofStructure = database
                    return
                }
                if !names.declaresTable { isDatabase = true }
            case .data(let part) where part.namesRootDatabase:
                ofRows = ofRows ?? SQLNames(head, family: options.family(of: head)).databaseOfRows
            default: break
            }
        }
        ofInput = isDatabase ? input.bareName : nil
    }

    /// Of a file that is looked at, in bytes.
    static let headLength = 32 * 1024
}

extension DataPart {
    /// Its rows may say which database the tables at the root are of. Those of PostgreSQL name their schema alone.
    var namesRootDatabase: Bool { isTree && format == .sql && location.pathParts.count <= 1 }
}

extension ExportOptions {
    /// Of the first bytes of SQL, where no more is known.
    func family(of head: UnsafeRawBufferPointer) -> SQLDialect.Family {
        (try? DialectChoice.family(of: Array(head), options: self, shape: .mysql, origin: "")) ?? .mysql
    }
}

extension ExportInput {
    /// The folder's name, or that of the archive without `.tar.gz`; nil for a stream whose name is no archive's.
    var bareName: String? {
        let path =
            switch self {
            case .path(let path): isFolder ? URL(fileURLWithPath: path).standardizedFileURL.path : path
            case .stored(let files): files.name
            case .stream(let stream): stream.name
            }
        guard var name = path.pathParts.last else { return nil }
        let whole = name
        while let dot = name.lastIndex(of: "."), dot > name.startIndex,
            ["gz", "tgz", "zst", "tar", "zip", "xz", "bz2", "7z"].contains(name[name.index(after: dot)...].lowercased())
        {
            name = String(name[..<dot])
        }
        if case .stream = self, name == whole { return nil }
        return name
    }
}
