import BackupBytes
import BackupRows
import Foundation

/// Writes a folder a table: `database[/schema]/table/part-00000.ndjson`, `_manifest.json`, and `_SUCCESS` last of all.
///
/// Files are named `.partial` until the whole conversion has succeeded. The order at the end is: data reaches the disk,
/// final names, these reach the disk too, the manifest, `_SUCCESS`. So whatever bears a final name is whole, and
/// `_SUCCESS` means that all of it is. An output that is to replace another is written inside its folder, and exchanged
/// with it at the end (`Exchange`).
public final class FolderSink: ResumableSink {
    /// Names, sizes and final names of the files, and what to do with a folder that is not empty.
    public struct Options: Sendable {
        /// What is to become of an output that lies in the folder. `.replace` does not go with `commitsTables`.
        public var existing = ExistingOutput.refuse
        /// Begin a new part file after about so many bytes.
        public var partSize: Int?
        /// How part files are compressed.
        public var compression = Compression.none
        /// Give files their final names as soon as the walk leaves their table, not all together at the end.
        public var commitsTables = false
        /// Names of files that lie directly in the folder and do not count: the run writes them itself (rejected rows,
        /// events).
        public var bystanders: Set<String> = []

        /// Which run writes, and whether another can resume it; set by the conversion.
        package var record: RunRecord?
        package var keepsCheckpoints = false
        package var spillsElsewhere = false

        /// The defaults.
        public init() {}
    }

    private let options: Options
    private let lock: any LakeLock
    private let claimed: ClaimedOutput
    private let work: WorkFolder?
    private let outputs: TableOutputs
    /// Where an earlier run was, which this one resumes.
    package var unfinished: Checkpoint? { claimed.checkpoint }
    /// The run that is to be resumed was whole: nothing is left to do.
    package var finished: ConversionReport? { claimed.finished }

    private var target: any LakeStore { claimed.target }

    /// Takes the folder: makes it, or refuses it when it is not empty or another run has it.
    public convenience init(folder path: String, options: Options = Options()) throws {
        if options.existing == .replace && options.commitsTables {
            throw LakeError(
                .badOption,
                why: "an output that replaces another does so as a whole: tables cannot be committed one by one")
        }
        try self.init(FolderStore(making: path), options)
    }

    /// Takes the store, or refuses it when it is not empty or another run has it.
    package init(_ store: any LakeStore, _ options: Options) throws {
        self.options = options
        lock = try store.lock()
        do {
            claimed = try ClaimedOutput(store, options)
            let target = claimed.target
            var work = target.workFolder
            work.holdsSpillFile = !options.spillsElsewhere
            self.work = options.keepsCheckpoints && claimed.finished == nil ? work : nil
            let logged = try Self.logs(claimed, work, options)
            outputs = try TableOutputs(
                store: target, form: OutputForm(options.compression), log: logged.log, journal: logged.journal,
                spillFolder: store.spillFolder)
            if claimed.checkpoint != nil { try outputs.recover(PartJournal.paths(in: target)) }
            if claimed.finished != nil { lock.release() }
        } catch {
            lock.release()
            throw LakeError.wrap(error)
        }
    }

    /// Where the run notes its part files: after those of the run that it resumes, or anew.
    private static func logs(
        _ claimed: ClaimedOutput, _ work: WorkFolder, _ options: Options
    ) throws -> (log: RecordLog<TableParts>, journal: PartJournal?) {
        let target = claimed.target, spillFolder = claimed.store.spillFolder
        if claimed.finished != nil { return (RecordLog(folder: spillFolder), nil) }
        if let unfinished = claimed.checkpoint {
            try work.check()
            let journal = try PartJournal(in: target, continues: true)
            return (try .reopen(path: work.outputs, length: unfinished.outputs, folder: spillFolder), journal)
        }
        if let record = options.record { try record.write(in: target) } else { try RunRecord.remove(in: target) }
        if options.keepsCheckpoints { try work.make() }
        let log = RecordLog<TableParts>(path: options.keepsCheckpoints ? work.outputs : nil, folder: spillFolder)
        return (log, try PartJournal(in: target, continues: false))
    }

    // MARK: Before a run

    /// How a run into this folder would begin if it began now, whatever its input. Nothing is changed.
    package static func outlook(in path: String, _ existing: ExistingOutput) -> RunStart {
        guard let found = found(in: path) else { return .fresh }
        return RunStart.decide(found, existing, record: nil, keepsCheckpoints: true)
    }

    /// For a command that resumes whatever can be resumed: `.resume` where a run has not come to its end in this
    /// folder, else `other`.
    package static func resumable(in path: String, or other: ExistingOutput) -> ExistingOutput {
        let isUnfinished = found(in: path)?.holdsUnfinishedRun(replacing: other == .replace) ?? false
        return isUnfinished ? .resume : other
    }

    /// Refuses a folder that a run could not begin in: now, not after hours of waiting for its input.
    /// - Throws: `LakeError`.
    package static func refuseFilled(_ path: String, _ existing: ExistingOutput) throws {
        guard case .refused(let refusal) = outlook(in: path, existing) else { return }
        if found(in: path)?.isFinished == true {
            tidy(finishedFolder: path)
            throw RunStart.Refusal.finished.error(in: path)
        }
        throw refusal.error(in: path)
    }

    private static func found(in path: String) -> FoundOutput? {
        (try? FolderStore(path)).flatMap { try? FoundOutput(in: $0) }
    }

    /// Removes what a run that was killed just after its `_SUCCESS` has left beside the tables.
    private static func tidy(finishedFolder path: String) {
        // the run is still there, and tidies up itself
        guard let folder = try? FolderStore(path), let lock = try? folder.lock() else { return }
        try? OutputCleaner.removeNotes(in: folder)
        lock.release()
    }

    /// What a run into `folder` would be resumed from; nil: there is none that can be read.
    package static func checkpoint(in path: String) -> Checkpoint? {
        guard let folder = try? FolderStore(path) else { return nil }
        let staging = (try? folder.staging()).flatMap { (try? $0.has(RunRecord.name)) == true ? $0 : nil }
        return try? Checkpoint.read(in: (staging ?? folder).workFolder)
    }

    // MARK: While it runs

    /// Makes a checkpoint of what was written and of `state`, when all that they count on has reached the disk.
    package func keep(_ state: some Encodable) throws {
        guard let work else { return }
        let end = try outputs.flush()
        try target.sync()
        try Checkpoint.write(state, outputs: end, in: work)
    }

    package var workFolder: WorkFolder? { work }

    /// Makes room for a table.
    package func begin(_ table: TableName, kind: TableKind, columns: [OutputColumn]) throws {
        try outputs.add(table, kind)
    }

    /// What is left to any thread: hashing.
    package var idleWork: any IdleWork { outputs.pieces }

    package var compression: Compression { options.compression }

    /// Appends lines to the table's part file; begins another when it is long enough.
    package func write(_ block: OutputBlock, of table: TableName) throws {
        guard let output = try outputs.output(of: table) else { return }
        try block.withBytes { try output.write($0, rows: block.rows) }
        if let partSize = options.partSize, output.partBytes >= partSize { try output.endPart() }
    }

    /// With `commitsTables`, gives the files of the table their final names.
    package func pause(_ table: TableName) throws {
        guard options.commitsTables, let output = try outputs.output(of: table) else { return }
        try output.endPart()
        try output.giveFinalNames()
    }

    /// Removes the table and its files.
    package func drop(_ table: TableName) throws { try outputs.remove(table) }

    /// Files of the table that a checkpoint counts on are gone after this: a run that ends before the next one begins
    /// again.
    package func discard(_ table: TableName) throws {
        if options.commitsTables {
            throw LakeError(
                .badStatement, table: table,
                why: "the export removes rows of it again, and they may have been read already",
                remedy: "see \(.commitsAtEnd)")
        }
        try work?.forgetCheckpoint()
        try outputs.discard(table)
    }

    // MARK: The end

    /// Gives all files their final names, then writes the manifest, then `_SUCCESS`.
    package func commit(_ report: ConversionReport) throws {
        try outputs.visit { try $0.endPart(makingAtLeastOne: true) }
        let manifest = Manifest(report, files: { [outputs] in try outputs.files(of: $0) }, complete: true)
        if let new = claimed.staging { try exchange(manifest, new) } else { try publish(manifest) }
        lock.release()
    }

    private func publish(_ manifest: Manifest) throws {
        // All that needs room on the disk comes before the first final name.
        let files = [Manifest.name, OutputCleaner.success].map { DurableFile($0, in: target) }
        try files[0].write(manifest.pieces)
        try files[1].write(Data())
        try target.sync()
        try outputs.visit { try $0.giveFinalNames() }
        // A disk may write names in any order: those of the data before those that say that all is there.
        try target.sync()
        for file in files { try file.giveFinalName() }
        // Only now: until `_SUCCESS` is there, a killed run is resumed from these. What cannot be removed is left to
        // the next run.
        try? OutputCleaner.removeNotes(in: target)
    }

    private func exchange(_ manifest: Manifest, _ new: any LakeStore) throws {
        let exchange = Exchange(store: claimed.store, new: new)
        var parts: [String] = []
        try outputs.visit { parts += $0.parts.whole.map(\.path) }
        try exchange.prepare(manifest, parts: parts, replacing: claimed.replaced)
        try exchange.finish()
    }

    /// Writes a manifest that says `"complete":false`, and leaves what a later run can resume.
    package func abandon(_ report: ConversionReport) {
        defer { lock.release() }
        // An exchange that has begun is the next run's to finish.
        if let new = claimed.staging, (try? Exchange.isUnderWay(in: new)) != false { return }
        // nothing was kept: the folder is left as it was found, for the next try
        if outputs.isEmpty && work?.hasCheckpoint != true {
            try? OutputCleaner.removeNotes(in: target)
            if claimed.staging != nil { claimed.store.removeStaging() }
            return
        }
        // No run can resume it, and the old output is there.
        if let new = claimed.staging, work?.hasCheckpoint != true {
            try? outputs.visit { $0.abandon(keepsNames: false) }
            try? ClaimedOutput.remove(new, in: claimed.store)
            return
        }
        for name in [OutputCleaner.success, Manifest.name] { try? DurableFile(name, in: target).remove() }
        try? outputs.visit { $0.abandon(keepsNames: options.commitsTables) }
        // What cannot be written now (a full disk) is no loss: an absent manifest is no complete one either.
        try? Manifest(report, files: { [outputs] in try outputs.files(of: $0) }, complete: false).write(in: target)
    }
}
