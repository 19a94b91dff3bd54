import BackupArchives
import BackupBytes
import BackupLake
import BackupRows
import BackupText
import Foundation

/// A finished backup export: a download, an unpacked folder, a dump, a single file.
///
///     let export = BackupExport(path: "shop.tar.gz")
///     for try await table in export.tables() {
///         for try await row in table.rows { print(table.name, row["id"]?.string ?? "-") }
///     }
///
///     let report = try await export.convert(toFolder: "lake")
public struct BackupExport: Sendable {
    /// What is read, one after another.
    public var inputs: [ExportInput]
    /// How it is read.
    public var options: ExportOptions

    /// A file, or a folder with an unpacked export. Nothing is read yet.
    public init(path: String, options: ExportOptions = ExportOptions()) {
        self.init(inputs: [.path(path)], options: options)
    }

    /// A stream: a finished download, a pipe. `name` stands in messages, and for the table of a single file. The source
    /// is handed over, and read once.
    public init(source: sending any ByteSource, name: String, options: ExportOptions = ExportOptions()) {
        self.init(inputs: [.source(source, name: name)], options: options)
    }

    /// Several inputs, one after another.
    public init(inputs: [ExportInput], options: ExportOptions = ExportOptions()) {
        self.inputs = inputs
        self.options = options
    }

    /// Converts to a folder a table, with a manifest (see <doc:Output>).
    ///
    /// - Parameters:
    ///   - folder: the output folder; made if it does not exist.
    ///   - files: names, sizes and final names of the files, and what to do with a folder that is not empty.
    ///   - conversion: threads, compression, rejected rows, checkpoints.
    ///   - progress: called after every batch, on a thread of the conversion.
    ///   - events: called for tables, entries, warnings and rejected rows, as they come.
    /// - Throws: `ExportError`; `CancellationError` when the task is cancelled, at the next batch.
    public func convert(
        toFolder folder: String, files: FolderSink.Options = FolderSink.Options(),
        conversion: ConversionOptions = ConversionOptions(),
        progress: (@Sendable (ConversionProgress) -> Void)? = nil, events: (@Sendable (ConversionEvent) -> Void)? = nil
    ) async throws -> ConversionReport {
        try refuseMixing(with: folder)
        var files = files
        files.compression = conversion.compression
        let given = GivenStructures(options)
        try await given.readNow()
        files.record = try RunRecord(self, conversion, files, given.tables())
        files.keepsCheckpoints = inputs.allSatisfy(\.isResumable)
        if case .file(let path, _) = conversion.rejects {
            let inputs = inputs.compactMap { if case .path(let path) = $0 { path } else { nil } }
            let paths = SidePaths(inputs: inputs, folder: folder)
            files.bystanders.formUnion(try ExportError.wrapping { try paths.check([("the rejects file", path)]) })
            files.keepsCheckpoints = files.keepsCheckpoints && SideFile.canBeResumed(path)
        }
        var export = self
        // A disk that can take the output can take what waits.
        if options.spillFolder == nil { export.options.spillFolder = folder } else { files.spillsElsewhere = true }
        let sink = try ExportError.wrapping { try FolderSink(folder: folder, options: files) }
        if let report = sink.finished { return report }
        return try await export.convert(ConversionSink(resumable: sink), conversion, given, progress, events)
    }

    /// Converts into a sink of your own: one thread of the conversion at a time calls it, with whole lines.
    ///
    /// - Throws: `ExportError`, of the code `badOption` where `conversion` asks for a compression; what the sink
    ///   throws.
    public func convert(
        into sink: any RowSink, conversion: ConversionOptions = ConversionOptions(),
        progress: (@Sendable (ConversionProgress) -> Void)? = nil, events: (@Sendable (ConversionEvent) -> Void)? = nil
    ) async throws -> ConversionReport {
        if conversion.compression != .none { throw ExportError(.linesAlone) }
        // The sink stays the caller's, who waits: only the conversion uses it before that has ended.
        nonisolated(unsafe) let lent = ConversionSink(LineSink(sink))
        return try await convert(lent, conversion, GivenStructures(options), progress, events)
    }

    /// Converts into a stream, compressed as `conversion` says.
    ///
    /// - Throws: `ExportError`, of the code `badOption` where a second table comes to a stream that allows one only;
    ///   `CancellationError` when the task is cancelled, at the next batch.
    public func convert(
        into stream: StreamSink, conversion: ConversionOptions = ConversionOptions(),
        progress: (@Sendable (ConversionProgress) -> Void)? = nil, events: (@Sendable (ConversionEvent) -> Void)? = nil
    ) async throws -> ConversionReport {
        stream.compression = conversion.compression
        nonisolated(unsafe) let lent = ConversionSink(stream)  // as a sink of one's own is
        return try await convert(lent, conversion, GivenStructures(options), progress, events)
    }

    private func convert(
        _ sink: sending ConversionSink, _ conversion: ConversionOptions, _ given: GivenStructures,
        _ progress: (@Sendable (ConversionProgress) -> Void)?,
        _ events: (@Sendable (ConversionEvent) -> Void)?
    ) async throws -> ConversionReport {
        guard (0 ... ConversionOptions.mostJobs).contains(conversion.jobs) else {
            throw ExportError(
                .badOption,
                why: "jobs must be 0 (the number of cores) to \(ConversionOptions.mostJobs), not \(conversion.jobs)")
        }
        let run = Conversion(
            self, conversion, given, sink: sink,
            observer: ConversionObserver(logger: conversion.logger, onProgress: progress, onEvent: events))
        return try await withTaskCancellationHandler {
            try await Stage.run("sluice.write") { try run.run() }
        } onCancel: {
            run.cancel()
        }
    }

    /// An output folder in the input would be read as input.
    private func refuseMixing(with folder: String) throws {
        let output = URL(fileURLWithPath: folder).resolvingSymlinksInPath().pathComponents
        for case .path(let path) in inputs {
            let input = URL(fileURLWithPath: path).resolvingSymlinksInPath().pathComponents
            if output.starts(with: input) {
                throw ExportError(
                    .badOption, entry: path, why: "the output folder \(folder) lies in the input",
                    remedy: "choose another")
            }
        }
    }

    /// The tables in the order of the export, those that have rows; `inspect` and `convert` know the others too. A
    /// table whose rows lie in several files comes once for each.
    public func tables() -> TableSequence { TableSequence(self) }
}
