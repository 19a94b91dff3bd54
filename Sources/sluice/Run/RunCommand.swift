import AlibabaCloudCore
import ArgumentParser
import BackupExports
import BackupLake
import DatabaseBackup

struct RunCommand: CloudCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Wait for a task, and convert its download while it comes.",
        discussion: """
            The same lines as fetch and then convert, without the archive on disk. Nothing is called complete before \
            the size and the store's checksum of the download are right. Whatever interrupts it, the same command \
            resumes from its last checkpoint; a finished folder is left alone. Without --instance it cannot wait: the \
            task must have finished.

            Examples:
              sluice run dt-s100example --instance rm-bp1example --output lake
              sluice run dt-s100example --instance rm-bp1example --output lake \\
                --table 'shop.order*' --compress zstd --network internal
              sluice run - --output lake < link.txt
            """)

    static let shortHelp = ShortHelp(
        usage: "TASK --output DIR", options: ["--output", "--instance", "--table", "--compress", "--network"])

    @OptionGroup(title: "Output") var destination: FolderOptions
    @OptionGroup(title: "Output") var writing: WritingOptions
    @OptionGroup(title: "Download") var download: DownloadArguments
    @OptionGroup(title: "Download") var waiting: WaitingOptions
    @OptionGroup(title: "Download") var cloud: CloudOptions
    @OptionGroup var reading: ReadingOptions
    @OptionGroup(title: "Reporting") var report: ReportOptions
    @OptionGroup(title: "Reporting") var verbosity: VerbosityOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions

    private var output: String { destination.output }
    var console: Console { Console(verbosity, report) }
    var needsRegion: Bool { !download.isLink }
    /// An unfinished run is resumed whatever else is said.
    private var existing: ExistingOutput {
        FolderSink.resumable(in: output, or: writing.overwrite ? .replace : .refuse)
    }

    func perform(_ backups: DatabaseBackups, _ console: Console) async throws {
        if !writing.overwrite { try FolderSink.refuseFilled(output, existing) }
        let bystanders = try writing.sideFiles(report, inputs: [], folder: output, writesLines: false)
        let reporter = try ConversionReporter(console, report, resumes: existing == .resume)
        let done: ConversionReport
        do {
            let origin = try download.origin()
            try await waitUntilFinished(origin, backups, console)
            let name = try await name(of: origin, backups)
            done = try await reporter.guarding {
                try await convert(origin, named: name, backups, console, reporter, bystanders)
            }
        } catch {
            reporter.end(failure: error)
            throw error
        }
        try reporter.end(done)
    }

    private func waitUntilFinished(
        _ origin: DownloadArguments.Origin, _ backups: DatabaseBackups, _ console: Console
    ) async throws {
        guard case .task(let id) = origin, id.isClassic || download.instance != nil else { return }
        try await waiting.wait(for: id, of: download.instance, backups, console)
    }

    /// What the archive is called in messages and in the manifest. A link's query is a secret. A binary log's name says
    /// where its changes stand, and an incremental set of classic DBS is such a log.
    private func name(of origin: DownloadArguments.Origin, _ backups: DatabaseBackups) async throws -> String {
        switch origin {
        case .link(let link): link.path.split(separator: "/").last.map(String.init) ?? link.host
        case .task(let id) where id.isClassic: try await backups.findClassicDownloadTask(id)?.logName ?? id.description
        case .task(let id): id.description
        }
    }

    private func convert(
        _ origin: DownloadArguments.Origin, named name: String, _ backups: DatabaseBackups, _ console: Console,
        _ reporter: ConversionReporter, _ bystanders: Set<String>
    ) async throws -> ConversionReport {
        var files = writing.files
        files.bystanders = bystanders
        files.existing = existing
        if files.existing == .resume {
            do {
                return try await convert(
                    open(origin, backups, from: FolderSink.sourceResumePoint(in: output)), named: name, files, reporter)
            } catch let error where Self.isDamage(error) || writing.overwrite && Self.isOfAnotherRun(error) {
                console.note("sluice: \(ErrorLine.text(of: error))")
                console.note("sluice: beginning again at the first byte")
                files.existing = writing.overwrite ? .replace : .startOver
            }
        }
        return try await convert(open(origin, backups, from: nil), named: name, files, reporter)
    }

    /// Whether the bytes were wrong: perhaps those that the earlier run read, and resuming again would not heal that.
    private static func isDamage(_ error: any Error) -> Bool {
        (error as? ExportError)?.code == .damaged || (error as? CloudError)?.kind == .damaged
    }

    /// Whether the run in the folder cannot be resumed by this one: --overwrite is for that.
    private static func isOfAnotherRun(_ error: any Error) -> Bool {
        (error as? ExportError)?.code == .outputExists || (error as? CloudError)?.kind == .objectChanged
    }

    private func open(
        _ origin: DownloadArguments.Origin, _ backups: DatabaseBackups, from point: SourceResumePoint?
    ) async throws -> DownloadSource {
        let options = FetchOptions(linkLifetime: download.linkLifetime.duration, network: cloud.network)
        switch origin {
        case .link(let link): return try await backups.open(link, options: options, from: point)
        case .task(let id):
            do {
                return try await backups.open(id, options: options, from: point)
            } catch var error as CloudError where error.kind == .notFound && download.instance == nil && !id.isClassic {
                error.advice = "To wait for a task that has not finished, name its --instance."
                throw error
            }
        }
    }

    private func convert(
        _ source: DownloadSource, named name: String, _ files: FolderSink.Options,
        _ reporter: ConversionReporter
    ) async throws -> ConversionReport {
        defer { source.cancel() }
        var options = try reading.exportOptions(limits)
        options.tagKey = writing.tag
        return try await BackupExport(source: source, name: name, options: options).convert(
            toFolder: output, files: files, conversion: writing.conversion, progress: reporter.progress,
            events: reporter.event)
    }
}
