import ArgumentParser
import BackupExports
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

    @Argument(help: .init("An archive (.tar.gz, .tar.zst, .tar, .zip …), a folder, a .csv or .sql (also compressed), or - for standard input.", valueName: "input"))
    var inputs: [String]
    @Option(help: .init("The output folder, or - for standard output.", valueName: "dir"))
    var output: String?
    @Flag(help: "Lines to standard output: one table, or several with --tag.")
    var stdout = false
    @Option(help: .init("Add the table's name to every line, under this key.", valueName: "key"))
    var tag: String?
    @OptionGroup(title: "Reading") var reading: ReadingOptions
    @Option(help: "Compress the output: none, gzip or zstd.")
    var compress = ConversionOptions.Compression.none
    @Option(help: .init("Begin a new part file after about so many bytes.", valueName: "bytes"))
    var partSize: Int?
    @Option(help: .init("Rows that cannot be converted: fail at the first, or put them into a file.", valueName: "fail|file"))
    var rejects = "fail"
    @Option(help: .init("End when more rows than this are rejected.", valueName: "n"))
    var maxRejects: Int?
    @Flag(help: "Replace what an earlier run left in the output folder.")
    var overwrite = false
    @Flag(help: "Go on with an unfinished run of the same input and options; refused when anything differs.")
    var resume = false
    @Option(help: .init("How often to note from where a run can be gone on with (default: 10s; 0s: after every batch).", valueName: "time"), transform: Self.interval)
    var checkpointEvery = Duration.seconds(10)
    @Option(help: "Final names when: end (all together) or table (each table as it is left).")
    var commit = Commit.end
    @Option(help: .init("Worker threads (default: cores).", valueName: "n"))
    var jobs: Int?
    @OptionGroup(title: "Telling") var telling: TellingOptions

    enum Commit: String, ExpressibleByArgument, CaseIterable { case end, table }

    /// nil: the lines go to standard output.
    private var folder: String? { output == "-" ? nil : output }
    private var writesLines: Bool { stdout || output == "-" }

    func validate() throws {
        if (folder == nil) != writesLines { throw ValidationError("say where to: --output DIR or --stdout") }
        if output == "" { throw ValidationError("--output takes a folder") }
        if maxRejects != nil && rejects == "fail" { throw ValidationError("--max-rejects goes with --rejects FILE") }
        if let maxRejects, maxRejects < 0 { throw ValidationError("--max-rejects takes a number from 0") }
        if overwrite && resume { throw ValidationError("--overwrite or --resume, not both") }
        if writesLines && (overwrite || resume || partSize != nil || commit == .table) { throw ValidationError("--overwrite, --resume, --part-size and --commit go with --output") }
        if inputs.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read once") }
        _ = try reading.exportOptions()
        _ = try ReadingOptions.positive(partSize, "--part-size")
        _ = try ReadingOptions.positive(jobs, "--jobs")
    }

    func run() async throws {
        var options = try reading.exportOptions()
        options.tagKey = tag
        var conversion = ConversionOptions()
        conversion.compression = compress
        conversion.jobs = jobs ?? 0
        conversion.checkpointInterval = checkpointEvery
        conversion.rejects = rejects == "fail" ? .fail : .file(rejects, limit: maxRejects)
        let export = BackupExport(inputs: inputs.map(Self.input), options: options)
        let teller = try Teller(telling, hidesReport: writesLines)
        let report: ConversionReport
        do {
            report = try await Interrupts.guarding { [folder, overwrite, resume, partSize, commit, tag, conversion] in
                if let folder {
                    var files = FolderSink.Options()
                    files.overwrites = overwrite
                    files.resumes = resume
                    files.partSize = partSize
                    files.commitsTables = commit == .table
                    return try await export.convert(
                        toFolder: folder, files: files, conversion: conversion, progress: teller.progress, events: teller.event)
                }
                return try await export.convert(
                    into: StreamSink(descriptor: STDOUT_FILENO, allowsManyTables: tag != nil), conversion: conversion, progress: teller.progress,
                    events: teller.event)
            }
        } catch let error as ExportError where error.code == .readerGone {
            return
        } catch {
            teller.end(failure: error)
            throw error
        }
        teller.end(report)
        if report.rejected > 0 { throw ExitCode(ExitStatus.rowsRejected.rawValue) }
    }

    private static func interval(_ text: String) throws -> Duration {
        if text == "0s" { return .zero }
        guard let time = DurationArgument(argument: text) else { throw ValidationError("--checkpoint-every takes a time such as 10s") }
        return time.duration
    }

    static func input(_ name: String) -> ExportInput {
        name == "-" ? .source(FileSource.standardInput, name: "stdin") : .path(name)
    }
}
