import Foundation

/// Removes what an earlier run has made, and nothing else.
enum FolderCleaner {
    static func removeOutput(in folder: String) throws {
        let files = FileManager.default
        // First of all what says that it is complete.
        unlink(folder + "/_SUCCESS")
        RunRecord.remove(in: folder)
        var folders: Set<String> = []
        for case let path as String in files.enumerator(atPath: folder) ?? .init() where isOurs((path as NSString).lastPathComponent) {
            guard unlink(folder + "/" + path) == 0 else { throw ExportError.output("remove", folder + "/" + path, errno) }
            folders.insert((path as NSString).deletingLastPathComponent)
        }
        for var path in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) {
            while !path.isEmpty, rmdir(folder + "/" + path) == 0 { path = (path as NSString).deletingLastPathComponent }
        }
    }

    private static func isOurs(_ name: String) -> Bool {
        let name = name.hasSuffix(".partial") ? String(name.dropLast(8)) : name
        if name == "_manifest.json" || name == "_SUCCESS" { return true }
        return name.wholeMatch(of: /part-[0-9]{5,}\.ndjson(\.gz|\.zst)?/) != nil
    }
}
