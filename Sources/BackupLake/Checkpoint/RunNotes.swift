/// What the notes at the root of an output say of the runs that wrote there. Only what they list is ever removed.
struct RunNotes {
    let manifest: StoredManifest?
    let record: RunRecord?
    /// The part files they list, by their final names.
    let parts: Set<String>

    init(in store: any LakeStore) throws {
        manifest = try StoredManifest.read(in: store)
        record = try RunRecord.read(in: store)
        parts = try Set(manifest?.parts.map(\.path) ?? []).union(PartJournal.paths(in: store))
    }

    /// No run has written here.
    var isEmpty: Bool { manifest == nil && record == nil }
}
