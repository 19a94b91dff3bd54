import BackupTables
import Foundation

/// Writes a folder a table: `database[/schema]/table/part-00000.ndjson`, `_manifest.json`, and `_SUCCESS` last of all.
///
/// Files are named `.partial` until the whole conversion has succeeded. The order at the end is: data reaches the disk,
/// final names, the manifest, `_SUCCESS`. So whatever bears a final name is whole, and `_SUCCESS` means that all of it is.
public final class FolderSink: RowSink {
    public struct Options: Sendable {
        /// Replace what an earlier run has left in the folder.
        public var overwrites = false
        /// Do an unfinished run again that the same inputs and options left in the folder; what it has written is written anew.
        public var resumes = false
        /// Begin a new part file after about so many bytes.
        public var partSize: Int?
        public var compression = ConversionOptions.Compression.none
        /// Give files their final names as soon as the walk leaves their table, not all together at the end.
        public var commitsTables = false

        /// Who writes; set by `BackupExport.convert(toFolder:)`.
        var record: RunRecord?

        public init() {}
    }

    private let folder: String
    private let options: Options
    private let lock: FolderLock
    private var outputs: [TableName: TableOutput] = [:]
    /// Those with a file open, the one used last at the end.
    private var open: [TableOutput] = []
    private static let openLimit = 64
    private var takenPaths: Set<String> = []

    /// Takes the folder: makes it, or refuses it when it is not empty or another run has it.
    public init(folder: String, options: Options = Options()) throws {
        self.folder = folder
        self.options = options
        try FolderMaker.make(folder)
        lock = try FolderLock(folder: folder)
        do {
            try takeFolder()
        } catch {
            lock.release()
            throw error
        }
    }

    /// An empty folder; or what an earlier run left, where the user has said what to do with it.
    private func takeFolder() throws {
        let contents = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != FolderLock.name }
        if !contents.isEmpty {
            if options.resumes { try mayResume(contents) } else if !options.overwrites {
                throw ExportError(.outputExists, why: "the output folder \(folder) is not empty", advice: "choose another, or see --overwrite, --resume")
            }
            try FolderCleaner.removeOutput(in: folder)
        }
        try options.record?.write(in: folder)
    }

    private func mayResume(_ contents: [String]) throws {
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

    private var manifestPath: String { folder + "/_manifest.json" }
    private var successPath: String { folder + "/_SUCCESS" }

    public func begin(_ table: TableName, columns: [OutputColumn]) throws {
        guard outputs[table] == nil else { return }
        outputs[table] = TableOutput(folder: folder, path: freePath(for: table), compression: options.compression)
    }

    /// Names that differ only in case are kept apart, for file systems that would not.
    private func freePath(for table: TableName) -> String {
        let path = FolderName.path(table)
        if takenPaths.insert(path.lowercased()).inserted { return path }
        let apart = FolderName.path(table, hashed: true)
        takenPaths.insert(apart.lowercased())
        return apart
    }

    public func write(_ lines: UnsafeRawBufferPointer, rows: Int, of table: TableName) throws {
        guard let output = outputs[table] else { return }
        try makeOpen(output)
        try output.write(lines, rows: rows)
        if let partSize = options.partSize, output.partBytes >= partSize { try output.endPart() }
    }

    public func pause(_ table: TableName) throws {
        guard options.commitsTables, let output = outputs[table] else { return }
        try output.endPart()
        try output.giveFinalNames()
    }

    public func drop(_ table: TableName) throws { outputs[table] = nil }

    public func commit(_ report: ConversionReport) throws {
        for output in outputs.values { try output.endPart(makingAtLeastOne: true) }
        // All that needs room on the disk comes before the first final name.
        let manifest = Manifest(report, files: { [outputs] in outputs[$0]?.files ?? [] }, complete: true)
        try DurableFile(manifestPath).write(manifest.pieces)
        try DurableFile(successPath).write(Data())
        try FolderLock.sync(folder)
        for output in outputs.values { try output.giveFinalNames() }
        try DurableFile(manifestPath).giveFinalName()
        try DurableFile(successPath).giveFinalName()
        RunRecord.remove(in: folder)
        lock.release()
    }

    public func abandon(_ report: ConversionReport) {
        if outputs.isEmpty {  // nothing was written: the folder is left as it was found, for the next try
            RunRecord.remove(in: folder)
            lock.release()
            return
        }
        DurableFile(successPath).remove()
        DurableFile(manifestPath).remove()
        for output in outputs.values {
            output.abandon()
            if !options.commitsTables { output.takeNamesBack() }
        }
        // What cannot be written now (a full disk) is no loss: an absent manifest is no complete one either.
        try? Manifest(report, files: { [outputs] in outputs[$0]?.files ?? [] }, complete: false).write(to: manifestPath)
        lock.release()
    }

    /// Files open at a time are few, however many tables lie mixed in the export.
    private func makeOpen(_ output: TableOutput) throws {
        if open.last === output { return }
        open.removeAll { $0 === output }
        open.append(output)
        if open.count > Self.openLimit { open.removeFirst().suspend() }
    }
}
