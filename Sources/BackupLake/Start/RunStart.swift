import BackupRows

/// How a run begins, decided once: from what lies in the output folder, and what the run is to do with it.
package enum RunStart: Equatable, Sendable {
    /// An earlier run was whole, and its output was about to replace another: that is finished first. `isOurs`: this
    /// run was to resume that one, and nothing else is left to do.
    case exchange(isOurs: Bool)
    /// Nothing is there, or traces of a run that was killed in its first moment: they go.
    case fresh
    /// An unfinished run is resumed.
    case resumed(Target, from: Origin)
    /// The output is replaced, when the new one is whole.
    case replacing
    case refused(Refusal)

    /// Where an unfinished run has written.
    package enum Target: Equatable, Sendable {
        /// To the folder itself.
        case folder
        /// To the folder inside that holds a new output until the two are exchanged.
        case staging
    }

    /// From where it is resumed.
    package enum Origin: Equatable, Sendable {
        /// The last checkpoint, or the first byte where there is none yet.
        case checkpoint
        case firstByte
    }

    package enum Refusal: Equatable, Sendable {
        /// Something lies there, and the caller did not say what to do with it.
        case notEmpty
        /// It was to be replaced, and no manifest says which files a run has made.
        case noManifest
        /// A run was to be resumed, and the output is whole.
        case finished
        /// A run was to be resumed, and there is none.
        case noUnfinishedRun
        /// The unfinished run is another one: why.
        case otherRun(String)
    }

    /// The order matters: an exchange that was interrupted is finished before anything else.
    ///
    /// - Parameters:
    ///   - record: the run that is to write; nil: any run, to look ahead before the input is known.
    ///   - keepsCheckpoints: the run can be resumed, so a checkpoint is of use to it.
    package static func decide(
        _ found: FoundOutput, _ existing: ExistingOutput, record: RunRecord?, keepsCheckpoints: Bool
    ) -> RunStart {
        if let staged = found.staged, staged.isWhole {
            let isOurs = existing.isResumed && staged.record.map { record?.difference(from: $0) == nil } ?? false
            return .exchange(isOurs: isOurs)
        }
        let hasCheckpoint = !found.isFinished && found.hasCheckpoint || found.staged?.hasCheckpoint == true
        let isAwaited = existing.isResumed && keepsCheckpoints && hasCheckpoint
        if found.holdsTracesOnly && !isAwaited { return .fresh }
        switch existing {
        case .resume, .startOver: return resume(found, existing, record, keepsCheckpoints)
        case .refuse: return .refused(.notEmpty)
        case .replace:
            // What a finished run has noted of itself, but for its manifest, is of no use any more.
            let hasRecord = !found.isFinished && found.record != nil
            return found.hasManifest || hasRecord ? .replacing : .refused(.noManifest)
        }
    }

    private static func resume(
        _ found: FoundOutput, _ existing: ExistingOutput, _ record: RunRecord?, _ keepsCheckpoints: Bool
    ) -> RunStart {
        let origin = keepsCheckpoints && existing == .resume ? Origin.checkpoint : .firstByte
        if let earlier = found.staged?.record { return same(earlier, record) ?? .resumed(.staging, from: origin) }
        if found.isFinished { return .refused(.finished) }
        guard let earlier = found.record else { return .refused(.noUnfinishedRun) }
        return same(earlier, record) ?? .resumed(.folder, from: origin)
    }

    /// nil: the runs are the same.
    private static func same(_ earlier: RunRecord, _ record: RunRecord?) -> RunStart? {
        record?.difference(from: earlier).map { .refused(.otherRun($0)) }
    }
}

extension RunStart.Refusal {
    /// - Parameter path: the folder, as the user has named it.
    package func error(in path: String) -> LakeError {
        let folder = "the output folder \(path)"
        let (why, remedy): (String, Remedy) =
            switch self {
            case .notEmpty: ("\(folder) is not empty", "choose another, or see \(.replacesOutput), \(.resumesOutput)")
            case .noManifest:
                (
                    "\(folder) is not empty, and has no _manifest.json of a run that says what may be replaced",
                    "choose another, or empty it yourself"
                )
            case .finished: ("\(folder) is finished", "choose another, or see \(.replacesOutput)")
            case .noUnfinishedRun: ("\(folder) holds no unfinished run", "choose another, or see \(.replacesOutput)")
            case .otherRun(let difference):
                (
                    "the unfinished run in \(path) cannot be resumed: \(difference)",
                    "choose another, or see \(.replacesOutput)"
                )
            }
        return LakeError(.outputExists, why: why, remedy: remedy)
    }
}
