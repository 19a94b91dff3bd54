import BackupBytes
import BackupRows
import Foundation

/// Writes a folder a table: `database[/schema]/table/part-00000.ndjson`, `_manifest.json`, and `_SUCCESS` last of all.
///
/// Files are named `.partial` until the whole conversion has succeeded. The order at the end is: data reaches the disk,
/// final names, these reach the disk too, the manifest, `_SUCCESS`. So whatever bears a final name is whole, and
/// `_SUCCESS` means that all of it is. An output that is to replace another is written inside its folder, and takes its
/// place at the end (`Exchange`).
public final class FolderSink: RowSink {
    public struct Options: Sendable {
        /// Replace what an earlier run has left in the folder, as soon as the new output is whole. Not together with
        /// `commitsTables`.
        public var overwrites = false
        /// Continue an unfinished run that the same inputs and options left in the folder, from its last checkpoint.
        public var resumes = false
        /// With `resumes`: begin that run again, at its first byte.
        public var ignoresCheckpoint = false
        /// Begin a new part file after about so many bytes.
        public var partSize: Int?
        public var compression = Compression.none
        /// Give files their final names as soon as the walk leaves their table, not all together at the end.
        public var commitsTables = false
        /// Names of files that lie directly in the folder and do not count: the run writes them itself (rejected rows,
        /// events).
        public var bystanders: Set<String> = []

        /// Who writes, and whether another run can resume; set by whoever gives the lines.
        package var record: RunRecord?
        package var keepsCheckpoints = false
        package var spoolsElsewhere = false

        public init() {}
    }

    private let options: Options
    private let lock: FolderLock
    private let taken: TakenFolder
    private let work: WorkFolder?
    private let outputs: TableOutputs
    /// Where an earlier run was, which this one continues.
    package var unfinished: Checkpoint? { taken.checkpoint }
    /// The run that is to be resumed was whole: nothing is left to do.
    package var finished: ConversionReport? { taken.finished }

    private var target: OutputDirectory { taken.target }

    /// Takes the folder: makes it, or refuses it when it is not empty or another run has it.
    public init(folder path: String, options: Options = Options()) throws {
        self.options = options
        if options.overwrites && options.commitsTables {
            throw LakeError(
                .badOption,
                why: "an output that replaces another gets its place as a whole: tables cannot be committed one by one")
        }
        try FolderMaker.make(path)
        let folder = try OutputDirectory(path)
        lock = try FolderLock(folder: folder)
        do {
            taken = try TakenFolder(folder, options)
            let target = taken.target, form = OutputForm(options.compression)
            let work = WorkFolder(in: target, spoolsElsewhere: options.spoolsElsewhere)
            self.work = options.keepsCheckpoints && taken.finished == nil ? work : nil
            if let unfinished = taken.checkpoint {
                try work.check()
                let journal = try PartJournal(in: target, continues: true)
                let log = try RecordLog<TableParts>.reopen(path: work.outputs, length: unfinished.outputs, folder: path)
                outputs = try TableOutputs(folder: target, form: form, log: log, journal: journal, spillFolder: path)
                try outputs.takeUp(PartJournal.paths(in: target))
            } else if taken.finished == nil {
                if let record = options.record {
                    try record.write(in: target)
                } else {
                    try RunRecord.remove(in: target)
                }
                if options.keepsCheckpoints { try work.make() }
                let log = RecordLog<TableParts>(path: options.keepsCheckpoints ? work.outputs : nil, folder: path)
                outputs = try TableOutputs(
                    folder: target, form: form, log: log, journal: PartJournal(in: target, continues: false),
                    spillFolder: path)
            } else {
                outputs = try TableOutputs(
                    folder: target, form: form, log: RecordLog(folder: path), journal: nil, spillFolder: path)
                lock.release()
            }
        } catch {
            lock.release()
            throw LakeError.wrap(error)
        }
    }

    // MARK: Before a run

    /// Removes what a run that was killed just after its `_SUCCESS` has left beside the tables.
    public static func tidy(finishedFolder path: String) {
        // the run is still there, and tidies up itself
        guard let folder = try? OutputDirectory(path), let lock = try? FolderLock(folder: folder) else { return }
        try? FolderCleaner.removeNotes(in: folder)
        lock.release()
    }

    /// Whether an earlier run began to fill the folder, or to exchange its output, and has not come to its end.
    /// `replacing`: or to make one that is to take the place of what lies there.
    public static func holdsUnfinishedRun(in path: String, replacing: Bool) -> Bool {
        guard let folder = try? OutputDirectory(path) else { return false }
        if let new = try? OutputDirectory(Exchange.name, in: folder) {
            if (try? Exchange.isUnderWay(in: new)) == true { return true }
            if replacing, (try? new.has(RunRecord.name)) == true { return true }
        }
        return (try? folder.has(RunRecord.name)) == true && (try? folder.has(FolderCleaner.success)) == false
    }

    /// What a run into `folder` would be resumed from; nil: there is none that can be read.
    package static func checkpoint(in path: String) -> Checkpoint? {
        guard let folder = try? OutputDirectory(path) else { return nil }
        let new = try? OutputDirectory(Exchange.name, in: folder)
        let target = new.flatMap { (try? $0.has(RunRecord.name)) == true ? $0 : nil } ?? folder
        return try? Checkpoint.read(in: WorkFolder(in: target))
    }

    // MARK: While it runs

    /// Makes a checkpoint of what was written and of `state`, when all that they count on has reached the disk.
    package func keep(_ state: some Encodable) throws {
        guard let work else { return }
        let end = try outputs.flush()
        try target.syncAll()
        try Checkpoint.write(state, outputs: end, in: work)
    }

    package var workFolder: WorkFolder? { work }

    public func begin(_ table: TableName, columns: [OutputColumn]) throws { try outputs.add(table) }

    /// Does some of what is left behind the writing. Any thread.
    /// - Returns: whether there was anything to do.
    package func hashOn() -> Bool { outputs.pieces.hashOn() }

    public func write(_ lines: UnsafeRawBufferPointer, rows: Int, of table: TableName) throws {
        guard let output = try outputs.output(of: table) else { return }
        try output.write(lines, rows: rows)
        if let partSize = options.partSize, output.partBytes >= partSize { try output.endPart() }
    }

    public func pause(_ table: TableName) throws {
        guard options.commitsTables, let output = try outputs.output(of: table) else { return }
        try output.endPart()
        try output.giveFinalNames()
    }

    public func drop(_ table: TableName) throws { try outputs.remove(table) }

    /// Files of the table that a checkpoint counts on are gone after this: a run that ends before the next one begins
    /// again.
    public func discard(_ table: TableName) throws {
        if options.commitsTables {
            throw LakeError(
                .badStatement, table: table,
                why: "the export removes rows of it again, and they may have been read already",
                advice: "see --commit end")
        }
        try work?.forgetCheckpoint()
        try outputs.discard(table)
    }

    // MARK: The end

    public func commit(_ report: ConversionReport) throws {
        try outputs.forEach { try $0.endPart(makingAtLeastOne: true) }
        let manifest = Manifest(report, files: { [outputs] in try outputs.files(of: $0) }, complete: true)
        if taken.isStaged { try exchange(manifest) } else { try publish(manifest) }
        lock.release()
    }

    private func publish(_ manifest: Manifest) throws {
        // All that needs room on the disk comes before the first final name.
        let files = [Manifest.name, FolderCleaner.success].map { DurableFile($0, in: target) }
        try files[0].write(manifest.pieces)
        try files[1].write(Data())
        try target.syncAll()
        try outputs.forEach { try $0.giveFinalNames() }
        // A disk may write names in any order: those of the data before those that say that all is there.
        try target.syncAll()
        for file in files { try file.giveFinalName() }
        // Only now: until `_SUCCESS` is there, a killed run is resumed from these. What cannot be removed is left to
        // the next run.
        try? FolderCleaner.removeNotes(in: target)
    }

    private func exchange(_ manifest: Manifest) throws {
        let exchange = Exchange(folder: taken.folder, new: target)
        var parts: [String] = []
        try outputs.forEach { parts += $0.parts.whole.map(\.path) }
        try exchange.prepare(manifest, parts: parts, replacing: taken.replaced)
        try exchange.finish()
    }

    public func abandon(_ report: ConversionReport) {
        defer { lock.release() }
        // An exchange that has begun is the next run's to finish.
        if taken.isStaged, (try? Exchange.isUnderWay(in: target)) != false { return }
        // nothing was kept: the folder is left as it was found, for the next try
        if outputs.isEmpty && work?.hasCheckpoint != true {
            try? FolderCleaner.removeNotes(in: target)
            if taken.isStaged { taken.folder.removeFolder(Exchange.name) }
            return
        }
        if taken.isStaged && work?.hasCheckpoint != true {  // nobody can resume it, and the old output is there
            try? outputs.forEach { $0.abandon(keepsNames: false) }
            try? TakenFolder.remove(target, in: taken.folder)
            return
        }
        for name in [FolderCleaner.success, Manifest.name] { try? DurableFile(name, in: target).remove() }
        try? outputs.forEach { $0.abandon(keepsNames: options.commitsTables) }
        // What cannot be written now (a full disk) is no loss: an absent manifest is no complete one either.
        try? Manifest(report, files: { [outputs] in try outputs.files(of: $0) }, complete: false).write(in: target)
    }
}
