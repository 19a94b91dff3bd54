/// Removes what the notes of an earlier run list, and nothing else. Links are removed, never followed.
enum OutputCleaner {
    static let success = "_SUCCESS"

    static func removeOutput(in store: any LakeStore, _ notes: RunNotes) throws {
        // First of all what says that it is complete, and durably.
        if !notes.isEmpty, try store.remove(success, .final) { try store.syncNames() }
        try store.workFolder.remove()
        try removeParts(notes.parts, in: store)
        if !notes.isEmpty {
            try store.remove(success, .draft)
            for state in [LakeFileState.final, .draft] { try store.remove(Manifest.name, state) }
        }
        // The record of the run stays until another replaces it: a kill in between leaves a folder that can be
        // resumed.
        try PartJournal.remove(in: store)
    }

    /// What a run needs to be resumed.
    static func removeNotes(in store: any LakeStore) throws {
        try RunRecord.remove(in: store)
        try store.workFolder.remove()
        try PartJournal.remove(in: store)
    }

    /// Draft and final file of each part, and the folders that are empty then. `keepingNames`: those whose final files
    /// stay.
    static func removeParts(
        _ paths: some Sequence<String>, in store: any LakeStore, keepingNames: Set<String> = []
    ) throws {
        var folders: Set<String> = []
        for path in paths {
            try store.remove(path, .draft)
            if keepingNames.contains(path) { continue }
            try store.remove(path, .final)
            folders.insert(path.enclosingFolder)
        }
        store.removeEmptyFolders(folders)
    }
}
