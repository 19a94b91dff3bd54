import Foundation

/// The output folder of a run, as it was found: empty, or with what an earlier run has left and the user has said what
/// to do with.
struct TakenFolder {
    /// The user's.
    let folder: OutputDirectory
    /// Where the run writes: there, or in a folder inside until the two outputs are exchanged.
    let target: OutputDirectory
    /// Where an earlier run was, which this one continues.
    private(set) var checkpoint: Checkpoint?
    /// The run was whole, and only the exchange was left to do: it is done.
    private(set) var finished: ConversionReport?
    /// Part files of the output that is to be replaced.
    private(set) var replaced: Set<String> = []

    var isStaged: Bool { folder !== target }

    init(_ folder: OutputDirectory, _ options: FolderSink.Options) throws {
        self.folder = folder
        if let report = try Self.finishExchange(in: folder, options) {
            target = folder
            finished = report
            return
        }
        let names = try folder.names().filter { !options.bystanders.contains($0) }
        let isFinished = names.contains(FolderCleaner.success), staged = try OutputDirectory(Exchange.name, in: folder)
        // Left by a run that was killed after its `_SUCCESS`.
        if isFinished { try FolderCleaner.removeNotes(in: folder) }
        let notes = try FolderNotes(in: folder)
        let canResume =
            options.resumes && options.keepsCheckpoints
            && [folder, staged].compactMap(\.self).contains { WorkFolder(in: $0).hasCheckpoint }
        // A run that was killed before its first table and its first checkpoint has left nothing but notes that nobody
        // needs.
        if names.allSatisfy({ $0.hasPrefix(".sluice.") }) && !canResume {
            try Self.remove(staged, in: folder)
            try FolderCleaner.removeOutput(in: folder, notes)
            target = folder
            return
        }
        if options.resumes {
            if let staged, let earlier = try RunRecord.read(in: staged) {
                try Self.check(earlier, folder, options)
                (target, replaced) = (staged, notes.parts)
            } else {
                try Self.check(isFinished ? nil : notes.record, folder, options, isFinished: isFinished)
                target = folder
            }
            if options.keepsCheckpoints && !options.ignoresCheckpoint {
                checkpoint = try Checkpoint.read(in: WorkFolder(in: target))
            }
            if checkpoint == nil { try FolderCleaner.removeOutput(in: target, FolderNotes(in: target)) }
            return
        }
        guard options.overwrites else {
            throw LakeError(
                .outputExists, why: "the output folder \(folder.path) is not empty",
                advice: "choose another, or see --overwrite, --resume")
        }
        guard !notes.isEmpty else {
            throw LakeError(
                .outputExists,
                why:
                    "the output folder \(folder.path) is not empty, and has no _manifest.json of a run that says what may be replaced",
                advice: "choose another, or empty it yourself")
        }
        try Self.remove(staged, in: folder)
        try folder.makeFolder(Exchange.name)
        guard let made = try OutputDirectory(Exchange.name, in: folder) else {
            throw LakeError.output("open", folder.full(Exchange.name), ENOENT)
        }
        (target, replaced) = (made, notes.parts)
    }

    /// What is left to do of an exchange that was interrupted comes first, whatever this run is for.
    /// - Returns: the report, where this run is to resume that one.
    private static func finishExchange(
        in folder: OutputDirectory, _ options: FolderSink.Options
    ) throws -> ConversionReport? {
        guard let new = try OutputDirectory(Exchange.name, in: folder), try Exchange.isUnderWay(in: new) else {
            return nil
        }
        let record = try RunRecord.read(in: new)
        try Exchange(folder: folder, new: new).finish()
        guard options.resumes, let record, options.record?.difference(from: record) == nil else { return nil }
        return try StoredManifest.read(in: folder)?.report()
    }

    private static func check(
        _ earlier: RunRecord?, _ folder: OutputDirectory, _ options: FolderSink.Options, isFinished: Bool = false
    ) throws {
        guard let earlier else {
            let why = "the output folder \(folder.path) \(isFinished ? "is finished" : "holds no unfinished run")"
            throw LakeError(.outputExists, why: why, advice: "choose another, or see --overwrite")
        }
        if let difference = options.record?.difference(from: earlier) {
            throw LakeError(
                .outputExists, why: "the unfinished run in \(folder.path) cannot be resumed: \(difference)",
                advice: "choose another, or see --overwrite")
        }
    }

    /// Removes a new output that was never whole.
    static func remove(_ staged: OutputDirectory?, in folder: OutputDirectory) throws {
        guard let staged else { return }
        try FolderCleaner.removeOutput(in: staged, FolderNotes(in: staged))
        try FolderCleaner.removeNotes(in: staged)
        guard folder.removeFolder(Exchange.name) else {
            throw LakeError(
                .outputExists, why: "\(staged.path) holds files that no run has listed", advice: "remove it yourself")
        }
    }
}
