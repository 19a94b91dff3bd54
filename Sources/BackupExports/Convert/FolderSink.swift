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
        /// Begin a new part file after about so many bytes.
        public var partSize: Int?
        public var compression = ConversionOptions.Compression.none
        /// Give files their final names as soon as the walk leaves their table, not all together at the end.
        public var commitsTables = false

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
        let contents = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != FolderLock.name }
        if !contents.isEmpty {
            guard options.overwrites else {
                lock.release()
                throw ExportError(.outputExists, why: "the output folder \(folder) is not empty", advice: "choose another, or see --overwrite")
            }
            try FolderCleaner.removeOutput(in: folder)
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
        try DurableFile(manifestPath).write(manifest.json())
        try DurableFile(successPath).write(Data())
        try FolderLock.sync(folder)
        for output in outputs.values { try output.giveFinalNames() }
        try DurableFile(manifestPath).giveFinalName()
        try DurableFile(successPath).giveFinalName()
        lock.release()
    }

    public func abandon(_ report: ConversionReport) {
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
