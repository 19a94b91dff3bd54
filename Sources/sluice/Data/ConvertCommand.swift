import ArgumentParser
import BackupExports
import BackupLake
import Foundation

struct ConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts export archives, folders or files to NDJSON, a folder a table.",
        discussion: """
            sluice convert shop.tar.gz --output lake
            sluice convert dump.sql.gz --output lake --table 'shop.order*'
            curl -s "$URL" | sluice convert - --stdout --table shop.orders | head
            """)

    @Argument(
        help: .init(
            "An archive (.tar.gz, .tar.zst, .tar, .zip …), a folder, a .csv or .sql (also compressed), or - for "
                + "standard input.",
            valueName: "input"))
    var inputs: [String]
    @Option(help: .init("The output folder, or - for standard output.", valueName: "dir"))
    var output: String?
    @Flag(help: "Lines to standard output: one table, or several with --tag.")
    var stdout = false
    @Flag(help: "Continue an unfinished run of the same input and options; refused when anything differs.")
    var resume = false
    @OptionGroup(title: "Reading") var reading: ReadingOptions
    @OptionGroup(title: "Writing") var writing: WritingOptions
    @OptionGroup(title: "Reporting") var report: ReportOptions
    @OptionGroup(title: "Reporting") var verbosity: VerbosityOptions

    /// nil: the lines go to standard output.
    private var folder: String? { output == "-" ? nil : output }
    private var writesLines: Bool { stdout || output == "-" }

    func validate() throws {
        if (folder == nil) != writesLines { throw ValidationError("say where to: --output DIR or --stdout") }
        if output == "" { throw ValidationError("--output takes a folder") }
        if writing.overwrite && resume { throw ValidationError("--overwrite or --resume, not both") }
        if writesLines && (resume || writing.needsFolder) {
            throw ValidationError("--overwrite, --resume, --part-size and --commit go with --output")
        }
        if inputs.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read once") }
        _ = try reading.exportOptions()
    }

    func run() async throws {
        var options = try reading.exportOptions()
        options.tagKey = writing.tag
        let export = BackupExport(inputs: inputs.map(Self.input), options: options)
        let bystanders = try writing.sideFiles(report, inputs: inputs, folder: folder, writesLines: writesLines)
        let resumes = resume && folder.map { FolderSink.outlook(in: $0, .resume) != .fresh } ?? false
        let reporter = try ConversionReporter(
            Console(verbosity, report), report, writesLines: writesLines, resumes: resumes)
        let done: ConversionReport
        do {
            done = try await Interrupts.guarding {
                try await reporter.guarding { try await convert(export, reporter, bystanders) }
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
            if resume { files.existing = .resume }
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

    static func input(_ name: String) -> ExportInput {
        name == "-" ? .source(FileSource.standardInput, name: "stdin") : .path(name)
    }
}
