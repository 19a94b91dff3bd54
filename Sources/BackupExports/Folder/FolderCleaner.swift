import Foundation

/// Removes what an earlier run has made, and nothing else.
enum FolderCleaner {
    static func removeOutput(in folder: String) throws {
        let files = FileManager.default
        // First of all what says that it is complete, and on the disk too.
        if unlink(folder + "/_SUCCESS") == 0 { try FolderLock.sync(folder) }
        // The record of the run stays until another takes its place: a kill in between leaves a folder that can be gone on with.
        WorkFolder(in: folder).remove()
        var folders: Set<String> = []
        for case let path as String in files.enumerator(atPath: folder) ?? .init() where isOurs((path as NSString).lastPathComponent) {
            guard unlink(folder + "/" + path) == 0 else { throw ExportError.output("remove", folder + "/" + path, errno) }
            folders.insert(path.enclosingFolder)
        }
        for var path in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) {
            while !path.isEmpty, rmdir(folder + "/" + path) == 0 { path = path.enclosingFolder }
        }
    }

    /// Removes part files that a checkpoint does not know.
    static func removeParts(in folder: String, except known: (String) throws -> Bool) throws {
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            let name = (path as NSString).lastPathComponent, final = path.hasSuffix(".partial") ? String(path.dropLast(8)) : path
            if name.hasPrefix("part-"), isOurs(name), try !known(final), unlink(folder + "/" + path) != 0 { throw ExportError.output("remove", folder + "/" + path, errno) }
        }
    }

    private static func isOurs(_ name: String) -> Bool {
        let name = name.hasSuffix(".partial") ? String(name.dropLast(8)) : name
        if name == "_manifest.json" || name == "_SUCCESS" { return true }
        return name.wholeMatch(of: /part-[0-9]{5,}\.ndjson(\.gz|\.zst)?/) != nil
    }
}
