import BackupBytes

/// What lies in an output folder before a run: all that decides how the run begins.
package struct FoundOutput: Sendable {
    /// Names of what lies directly in it, but for files that the run writes there itself.
    var names: [String] = []
    /// A manifest of ours, which says what may be replaced.
    var hasManifest = false
    /// Who began to write there.
    var record: RunRecord?
    /// That run can be resumed from somewhere.
    var hasCheckpoint = false
    /// A new output that was to replace this one.
    var staged: Staged?

    struct Staged: Sendable {
        /// It is whole, and was about to replace the old one.
        var isWhole = false
        var record: RunRecord?
        var hasCheckpoint = false
    }

    /// The output is complete.
    var isFinished: Bool { names.contains(OutputCleaner.success) }
    /// Nothing but what a run that was killed in its first moment leaves.
    var holdsTracesOnly: Bool { names.allSatisfy { $0.hasPrefix(".sluice.") } }

    /// A run began to fill the folder, or to exchange its output, and has not come to its end. `replacing`: or began to
    /// make an output that is to replace this one.
    func holdsUnfinishedRun(replacing: Bool) -> Bool {
        staged?.isWhole == true || replacing && staged?.record != nil || record != nil && !isFinished
    }
}

extension FoundOutput {
    /// `bystanders`: names that do not count.
    init(in store: any LakeStore, bystanders: Set<String> = []) throws {
        names = try store.names().filter { !bystanders.contains($0) }
        hasManifest = try store.has(Manifest.name)
        record = try RunRecord.read(in: store)
        hasCheckpoint = store.workFolder.hasCheckpoint
        staged = try store.staging().map {
            try Staged(
                isWhole: Exchange.isUnderWay(in: $0), record: RunRecord.read(in: $0),
                hasCheckpoint: $0.workFolder.hasCheckpoint)
        }
    }
}
