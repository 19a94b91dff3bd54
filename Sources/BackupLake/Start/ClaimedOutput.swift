/// Where a run is to write, as it was found: empty, or with what an earlier run has left and the user has said what to
/// do with.
struct ClaimedOutput {
    /// The user's.
    let store: any LakeStore
    /// A store inside, where the run writes until the two outputs are exchanged; nil: it writes to the user's.
    let staging: (any LakeStore)?
    /// Where an earlier run was, which this one resumes.
    private(set) var checkpoint: Checkpoint?
    /// The run was whole, and only the exchange was left to do: it is done.
    private(set) var finished: ConversionReport?
    /// Part files of the output that is to be replaced.
    private(set) var replaced: Set<String> = []

    /// Where the run writes.
    var target: any LakeStore { staging ?? store }

    init(_ store: any LakeStore, _ options: FolderSink.Options) throws {
        self.store = store
        func decide(_ found: FoundOutput) -> RunStart {
            .decide(
                found, options.existing, record: options.record, keepsCheckpoints: options.keepsCheckpoints)
        }
        var found = try FoundOutput(in: store, bystanders: options.bystanders)
        if case .exchange(let isOurs) = decide(found) {
            if let report = try Self.finishExchange(in: store), isOurs {
                staging = nil
                finished = report
                return
            }
            found = try FoundOutput(in: store, bystanders: options.bystanders)
            found.staged?.isWhole = false
        }
        // Left by a run that was killed after its `_SUCCESS`.
        if found.isFinished { try OutputCleaner.removeNotes(in: store) }
        let notes = try RunNotes(in: store), staged = try store.staging()
        found.hasManifest = notes.manifest != nil
        switch decide(found) {
        case .fresh, .exchange:
            try Self.remove(staged, in: store)
            try OutputCleaner.removeOutput(in: store, notes)
            staging = nil
        case .resumed(let target, let origin):
            staging = target == .staging ? staged : nil
            let target = staging ?? store
            if staging != nil { replaced = notes.parts }
            if origin == .checkpoint { checkpoint = try Checkpoint.read(in: target.workFolder) }
            if checkpoint == nil { try OutputCleaner.removeOutput(in: target, RunNotes(in: target)) }
        case .replacing:
            try Self.remove(staged, in: store)
            staging = try store.makeStaging()
            replaced = notes.parts
        case .refused(let refusal): throw refusal.error(in: store.name)
        }
    }

    /// - Returns: the report of the run that made the new output; nil: its manifest cannot be read.
    private static func finishExchange(in store: any LakeStore) throws -> ConversionReport? {
        guard let new = try store.staging() else { return nil }
        try Exchange(store: store, new: new).finish()
        return try StoredManifest.read(in: store)?.report()
    }

    /// Removes a new output that was never whole.
    static func remove(_ staged: (any LakeStore)?, in store: any LakeStore) throws {
        guard let staged else { return }
        try OutputCleaner.removeOutput(in: staged, RunNotes(in: staged))
        try OutputCleaner.removeNotes(in: staged)
        try Exchange.removeNotes(in: staged)
        guard store.removeStaging() else {
            throw LakeError(
                .outputExists, why: "\(staged.name) holds files that no run has listed", remedy: "remove it yourself")
        }
    }
}
