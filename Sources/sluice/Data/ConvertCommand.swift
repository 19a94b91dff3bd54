import ArgumentParser
import BackupExports
import BackupLake
import Foundation

struct ConvertCommand: AsyncParsableCommand, HelpedCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts export archives, folders or files to NDJSON, a folder a table.",
        discussion: """
            sluice convert shop.tar.gz --output lake
            sluice convert dump.sql.gz --output lake --table 'shop.order*'
            curl -s "$URL" | sluice convert - --stdout --table shop.orders | head
            """)

    static let shortHelp = ShortHelp(
        usage: "INPUT… --output DIR", options: ["--output", "--stdout", "--table", "--compress", "--overwrite"])

    @Argument(
        help: .init(
            "An archive (.tar.gz, .tar.zst, .tar, .zip …), a folder, a .csv or .sql (also compressed), "
                + "oss://BUCKET/KEY, s3://BUCKET/KEY, a link, or - for standard input.",
            valueName: "input"), completion: .file())
    var inputs: [String]
    @OptionGroup(title: "Output") var destination: DestinationOptions
    @OptionGroup(title: "Output") var writing: WritingOptions
    @OptionGroup var reading: ReadingOptions
    @OptionGroup(title: "Reporting") var report: ReportOptions
    @OptionGroup(title: "Reporting") var verbosity: VerbosityOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions

    private var folder: String? { destination.folder }

    func validate() throws {
        if writing.overwrite && destination.resume { throw ValidationError("--overwrite or --resume, not both") }
        if destination.writesLines && (destination.resume || writing.needsFolder) {
            throw ValidationError("--overwrite, --resume, --part-size and --commit go with --output")
        }
        if inputs.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read once") }
    }

    func run() async throws {
        var options = try reading.exportOptions(limits)
        options.tagKey = writing.tag
        let bystanders = try writing.sideFiles(
            report, inputs: inputs, folder: folder, writesLines: destination.writesLines)
        let resumes = destination.resume && folder.map { FolderSink.outlook(in: $0, .resume) != .fresh } ?? false
        let reporter = try ConversionReporter(
            Console(verbosity, report), report, writesLines: destination.writesLines, resumes: resumes)
        let done: ConversionReport
        do {
            done = try await Interrupts.guarding { [options] in
                try await reporter.guarding {
                    let opened = try await InputArgument.open(inputs, Console(verbosity, report))
                    return try await convert(BackupExport(inputs: opened, options: options), reporter, bystanders)
                }
            }
        } catch let error as ExportError where error.code == .readerGone {
            return
        } catch {
            reporter.end(failure: error)
            throw error
        }
        try reporter.end(done)
    }

    private func convert(
        _ export: BackupExport, _ reporter: ConversionReporter, _ bystanders: Set<String>
    ) async throws -> ConversionReport {
        if let folder {
            var files = writing.files
            if destination.resume { files.existing = .resume }
            files.bystanders = bystanders
            return try await export.convert(
                toFolder: folder, files: files, conversion: writing.conversion, progress: reporter.progress,
                events: reporter.event)
        }
        return try await export.convert(
            into: StreamSink(descriptor: STDOUT_FILENO, allowsManyTables: writing.tag != nil),
            conversion: writing.conversion,
            progress: reporter.progress, events: reporter.event)
    }
}
