/// What the notes at the root of a folder say of the runs that wrote there. Only what they list is ever removed.
struct FolderNotes {
    let manifest: StoredManifest?
    let record: RunRecord?
    /// The part files they list, by their final names.
    let parts: Set<String>

    init(in folder: OutputDirectory) throws {
        manifest = try StoredManifest.read(in: folder)
        record = try RunRecord.read(in: folder)
        parts = try Set(manifest?.parts.map(\.path) ?? []).union(PartJournal.paths(in: folder))
    }

    /// No run has written here.
    var isEmpty: Bool { manifest == nil && record == nil }
}
