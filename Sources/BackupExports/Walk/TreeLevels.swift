import BackupBytes
import BackupRows
import BackupText

/// The folders of documented trees that structure files have shown: what lies in one of them, beside the tables, is no
/// table (rule 37).
struct TreeLevels: Codable {
    /// Folders of databases and schemas.
    private var inner: Set<ExactText> = []
    /// Folders in which databases lie.
    private var outer: Set<ExactText> = []
    /// Files that are strays if their folder turns out to be of a tree.
    private var suspects: [Suspect] = []
    private static let suspectLimit = 1000

    private struct Suspect: Codable {
        var folder: String
        var origin: String
    }

    var isEmpty: Bool { inner.isEmpty }

    /// `isTable`: the folders end with a table's; else with a schema's or a database's.
    mutating func note(_ folders: [String], isTable: Bool, _ family: SQLDialect.Family) {
        var levels = isTable ? folders.dropLast() : folders[...]
        if isTable && folders.isEmpty { return }
        inner.insert(ExactText(levels.joined(separator: "/")))
        if family == .postgresql && isTable, levels.popLast() != nil {
            inner.insert(ExactText(levels.joined(separator: "/")))
        }
        if levels.popLast() != nil { outer.insert(ExactText(levels.joined(separator: "/"))) }
    }

    /// `isDump`: SQL that names its tables itself counts where databases lie side by side.
    func holds(_ folder: String, isDump: Bool) -> Bool {
        inner.contains(ExactText(folder)) || (!isDump && outer.contains(ExactText(folder)))
    }

    mutating func suspect(_ origin: String, in folder: String) {
        if suspects.count < Self.suspectLimit { suspects.append(Suspect(folder: folder, origin: origin)) }
    }

    /// Those of the suspects that are strays, once.
    mutating func strays() -> [String] {
        guard !isEmpty, !suspects.isEmpty else { return [] }
        let levels = self
        let strays = suspects.filter { levels.holds($0.folder, isDump: false) }.map(\.origin)
        suspects.removeAll { levels.holds($0.folder, isDump: false) }
        return strays
    }
}
