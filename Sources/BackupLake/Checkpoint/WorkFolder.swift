import BackupBytes
import Foundation

/// `.sluice.work` in the output folder: what a run has to remember so that another can resume it. Gone when the run
/// is complete.
package struct WorkFolder: Sendable {
    static let name = ".sluice.work"
    private let folder: OutputDirectory
    /// Whether what waits for its structure lies here, too; false where the user has a folder for it, which keeps
    /// nothing when the process ends.
    package var holdsSpillFile = true

    init(in folder: OutputDirectory) { self.folder = folder }

    private var path: String { folder.full(Self.name) }
    var hasCheckpoint: Bool { (try? folder.has(Self.name + "/" + Checkpoint.name)) ?? false }

    /// nil: there is none.
    func opened() throws -> OutputDirectory? { try OutputDirectory(Self.name, in: folder) }
    package var tables: String { path + "/tables" }
    var outputs: String { path + "/outputs" }

    /// Of a log in it.
    package func path(of log: String) -> String { path + "/" + log }

    func make() throws { try folder.makeFolder(Self.name) }

    /// The logs are opened by path: it has to be a folder, and no link to one.
    func check() throws {
        if try opened() == nil { throw RecordDamaged() }
    }

    /// A run that ends now begins again from the beginning.
    func forgetCheckpoint() throws {
        guard let opened = try opened() else { return }
        try opened.remove(Checkpoint.name)
        try opened.sync()
    }

    func remove() throws {
        guard try folder.status(Self.name) != nil else { return }
        guard let opened = try opened() else { return }
        for name in try opened.names() { try opened.remove(name) }
        folder.removeFolder(Self.name)
    }
}
