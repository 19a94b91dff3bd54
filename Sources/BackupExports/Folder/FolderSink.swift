import BackupBytes
import BackupTables
import Foundation

/// Writes a folder a table: `database[/schema]/table/part-00000.ndjson`, `_manifest.json`, and `_SUCCESS` last of all.
///
/// Files are named `.partial` until the whole conversion has succeeded. The order at the end is: data reaches the disk,
/// final names, these reach the disk too, the manifest, `_SUCCESS`. So whatever bears a final name is whole, and `_SUCCESS` means that all of it is.
public final class FolderSink: RowSink {
    public struct Options: Sendable {
        /// Replace what an earlier run has left in the folder.
        public var overwrites = false
        /// Go on with an unfinished run that the same inputs and options left in the folder, from its last checkpoint.
        public var resumes = false
        /// Begin a new part file after about so many bytes.
        public var partSize: Int?
        public var compression = ConversionOptions.Compression.none
        /// Give files their final names as soon as the walk leaves their table, not all together at the end.
        public var commitsTables = false

        /// Who writes, and whether another run can go on; set by `BackupExport.convert(toFolder:)`.
        var record: RunRecord?
        var keepsCheckpoints = false
        var spoolsElsewhere = false

        public init() {}
    }

    private let folder: String
    private let options: Options
    private let lock: FolderLock
    private let work: WorkFolder?
    private let outputs: TableOutputs
    /// Where an earlier run was, which this one goes on with.
    let unfinished: Checkpoint?

    /// Takes the folder: makes it, or refuses it when it is not empty or another run has it.
    public init(folder: String, options: Options = Options()) throws {
        self.folder = folder
        self.options = options
        try FolderMaker.make(folder)
        lock = try FolderLock(folder: folder)
        do {
            let work = WorkFolder(in: folder, spoolsElsewhere: options.spoolsElsewhere), form = OutputForm(options.compression)
            self.work = options.keepsCheckpoints ? work : nil
            unfinished = try Self.takeFolder(folder, options, work)
            if let unfinished {
                outputs = try TableOutputs(folder: folder, form: form, log: .reopen(path: work.outputs, length: unfinished.outputs, folder: folder))
                try outputs.takeUp()
            } else {
                if let record = options.record { try record.write(in: folder) } else { RunRecord.remove(in: folder) }
                if options.keepsCheckpoints { try work.make() }
                outputs = try TableOutputs(folder: folder, form: form, log: RecordLog(path: options.keepsCheckpoints ? work.outputs : nil, folder: folder))
            }
        } catch {
            lock.release()
            throw ExportError.wrap(error, entry: nil)
        }
    }

    /// An empty folder; or what an earlier run left, where the user has said what to do with it.
    private static func takeFolder(_ folder: String, _ options: Options, _ work: WorkFolder) throws -> Checkpoint? {
        let contents = try FileManager.default.contentsOfDirectory(atPath: folder)
        if contents.contains("_SUCCESS") { removeNotes(in: folder) }
        // A run that was killed before its first table and its first checkpoint has left nothing but notes that nobody needs.
        if contents.allSatisfy({ $0.hasPrefix(".sluice.") }) && !(options.resumes && options.keepsCheckpoints && work.hasCheckpoint) {
            try FolderCleaner.removeOutput(in: folder)
            return nil
        }
        if options.resumes {
            try mayResume(folder, options, contents)
            if options.keepsCheckpoints, let checkpoint = Checkpoint.read(in: work) { return checkpoint }
        } else if !options.overwrites {
            throw ExportError(.outputExists, why: "the output folder \(folder) is not empty", advice: "choose another, or see --overwrite, --resume")
        }
        try FolderCleaner.removeOutput(in: folder)
        return nil
    }

    private static func mayResume(_ folder: String, _ options: Options, _ contents: [String]) throws {
        guard !contents.contains("_SUCCESS") else {
            throw ExportError(.outputExists, why: "the output folder \(folder) is finished", advice: "choose another, or see --overwrite")
        }
        guard let earlier = RunRecord.read(in: folder) else {
            throw ExportError(.outputExists, why: "the output folder \(folder) holds no unfinished run", advice: "choose another, or see --overwrite")
        }
        if let difference = options.record?.difference(from: earlier) {
            throw ExportError(.outputExists, why: "the unfinished run in \(folder) cannot be gone on with: \(difference)", advice: "choose another, or see --overwrite")
        }
    }

    /// Removes what a run that was killed just behind its `_SUCCESS` has left beside the tables.
    public static func tidy(finishedFolder folder: String) {
        guard let lock = try? FolderLock(folder: folder) else { return }  // the run is still there, and tidies up itself
        removeNotes(in: folder)
        lock.release()
    }

    private static func removeNotes(in folder: String) {
        RunRecord.remove(in: folder)
        WorkFolder(in: folder).remove()
    }

    /// Where a download has to be opened so that a run into `folder` can go on; nil: at its beginning.
    public static func placeToGoOn(in folder: String) -> SourcePlace? {
        guard let walk = Checkpoint.read(in: WorkFolder(in: folder))?.walk else { return nil }
        return walk.unpacking != nil && walk.unpacking?.shortcut == nil ? nil : walk.source
    }

    /// Makes `checkpoint` the one to go on from, when all that it counts on has reached the disk.
    func keep(_ checkpoint: (_ outputs: Int) throws -> Checkpoint) throws {
        guard let work else { return }
        let made = try checkpoint(outputs.flush())
        try FolderLock.sync(folder)
        try made.write(in: work)
    }

    var workFolder: WorkFolder? { work }

    private var manifestPath: String { folder + "/_manifest.json" }
    private var successPath: String { folder + "/_SUCCESS" }

    public func begin(_ table: TableName, columns: [OutputColumn]) throws { try outputs.add(table) }

    /// Does some of what is left behind the writing. Any thread.
    /// - Returns: whether there was anything to do.
    func hashOn() -> Bool { outputs.pieces.hashOn() }

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

    public func commit(_ report: ConversionReport) throws {
        try outputs.forEach { try $0.endPart(makingAtLeastOne: true) }
        // All that needs room on the disk comes before the first final name.
        let manifest = Manifest(report, files: { [outputs] in try outputs.files(of: $0) }, complete: true)
        try DurableFile(manifestPath).write(manifest.pieces)
        try DurableFile(successPath).write(Data())
        try FolderLock.sync(folder)
        try outputs.forEach { try $0.giveFinalNames() }
        // A disk may write names in any order: those of the data before those that say that all is there.
        try FolderLock.sync(folder)
        try DurableFile(manifestPath).giveFinalName()
        try DurableFile(successPath).giveFinalName()
        // Only now: until `_SUCCESS` is there, a killed run is gone on with from these.
        Self.removeNotes(in: folder)
        lock.release()
    }

    public func abandon(_ report: ConversionReport) {
        if outputs.isEmpty && work?.hasCheckpoint != true {  // nothing was kept: the folder is left as it was found, for the next try
            RunRecord.remove(in: folder)
            work?.remove()
            lock.release()
            return
        }
        DurableFile(successPath).remove()
        DurableFile(manifestPath).remove()
        try? outputs.forEach { $0.abandon(keepsNames: options.commitsTables) }
        // What cannot be written now (a full disk) is no loss: an absent manifest is no complete one either.
        try? Manifest(report, files: { [outputs] in try outputs.files(of: $0) }, complete: false).write(to: manifestPath)
        lock.release()
    }
}
