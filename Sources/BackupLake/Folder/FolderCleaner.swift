import Foundation

/// Removes what the notes of an earlier run list, and nothing else. Links are removed, never followed.
enum FolderCleaner {
    static let success = "_SUCCESS"

    static func removeOutput(in folder: OutputDirectory, _ notes: FolderNotes) throws {
        // First of all what says that it is complete, and on the disk too.
        if !notes.isEmpty, try folder.remove(success) { try folder.sync() }
        try WorkFolder(in: folder).remove()
        try removeParts(notes.parts, in: folder)
        if !notes.isEmpty {
            for name in [success + ".partial", Manifest.name, Manifest.name + ".partial"] { try folder.remove(name) }
        }
        // The record of the run stays until another takes its place: a kill in between leaves a folder that can be
        // resumed.
        try PartJournal.remove(in: folder)
    }

    /// What a run needs to be resumed.
    static func removeNotes(in folder: OutputDirectory) throws {
        try RunRecord.remove(in: folder)
        try WorkFolder(in: folder).remove()
        try PartJournal.remove(in: folder)
    }

    /// Both names of each part, and the folders that are empty then. `keepingNames`: those whose final names stay.
    static func removeParts(
        _ paths: some Sequence<String>, in folder: OutputDirectory, keepingNames: Set<String> = []
    ) throws {
        var folders: Set<String> = []
        for path in paths {
            try folder.remove(path + ".partial")
            if keepingNames.contains(path) { continue }
            try folder.remove(path)
            folders.insert(path.enclosingFolder)
        }
        removeEmptyFolders(folders, in: folder)
    }

    /// Of these folders and those above them, the ones that are empty.
    static func removeEmptyFolders(_ folders: Set<String>, in folder: OutputDirectory) {
        for var path in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) {
            while !path.isEmpty, folder.removeFolder(path) { path = path.enclosingFolder }
        }
    }
}
