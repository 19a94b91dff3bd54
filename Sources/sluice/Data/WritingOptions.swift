import ArgumentParser
import BackupExports
import BackupLake
import Foundation

/// What is made of an export: shared by the commands that convert one.
struct WritingOptions: ParsableArguments {
    enum Commit: String, ExpressibleByArgument, CaseIterable { case end, table }

    @Option(help: .init("Add the table's name to every line, under this key.", valueName: "key"))
    var tag: String?
    @Option(help: "Compress the output: none, gzip or zstd.")
    var compress = ConversionOptions.Compression.none
    @Option(help: .init("Begin a new part file after about so much.", valueName: "size"))
    var partSize: ByteCount?
    @Option(
        help: .init(
            """
            Rows that cannot be converted: fail at the first, or write them to a file. With a pipe in its place, an \
            interrupted run cannot be resumed and begins again.
            """,
            valueName: "fail|file"))
    var rejects = "fail"
    @Option(help: .init("End when more rows than this are rejected.", valueName: "n"))
    var maxRejects: Int?
    @Flag(
        help: """
            Replace what an earlier run left in the output folder. It stays whole until the new output is, then they \
            are exchanged; a run that fails changes nothing. Files that no run's manifest lists are kept, and a folder \
            without a manifest is refused. Not with --commit table.
            """)
    var overwrite = false
    @Option(
        help: .init(
            "How often to make a checkpoint, from which a run can be resumed (default: 10s; 0s: after every batch).",
            valueName: "time"),
        transform: Self.interval)
    var checkpointEvery = Duration.seconds(10)
    @Option(help: "Final names when: end (all together) or table (each table as it is left).")
    var commit = Commit.end
    @Option(help: .init("Worker threads, 1 to \(ConversionOptions.mostJobs) (default: cores).", valueName: "n"))
    var jobs: Int?

    func validate() throws {
        if rejects == "-" || rejects == "" {
            throw ValidationError("--rejects takes a file, not standard output: name one, such as rejects.ndjson")
        }
        if maxRejects != nil && rejects == "fail" { throw ValidationError("--max-rejects goes with --rejects FILE") }
        if let maxRejects, maxRejects < 0 { throw ValidationError("--max-rejects takes a number from 0") }
        if overwrite && commit == .table {
            throw ValidationError(
                "--overwrite or --commit table, not both: an output that replaces another does so as a whole")
        }
        _ = try LimitOptions.positive(partSize?.bytes, "--part-size")
        if let jobs, !(1 ... ConversionOptions.mostJobs).contains(jobs) {
            throw ValidationError("--jobs takes a number from 1 to \(ConversionOptions.mostJobs)")
        }
    }

    /// Whether anything is asked for that only a folder can have.
    var needsFolder: Bool { overwrite || partSize != nil || commit == .table }

    var conversion: ConversionOptions {
        var conversion = ConversionOptions()
        conversion.compression = compress
        conversion.jobs = jobs ?? 0
        conversion.checkpointInterval = checkpointEvery
        conversion.rejects = rejects == "fail" ? .fail : .file(rejects, limit: maxRejects)
        return conversion
    }

    var files: FolderSink.Options {
        var files = FolderSink.Options()
        files.existing = overwrite ? .replace : .refuse
        files.partSize = partSize?.bytes
        files.commitsTables = commit == .table
        return files
    }

    /// Refuses files beside the output that are an input, an output or each other.
    /// - Returns: names of those that lie directly in the output folder.
    func sideFiles(_ report: ReportOptions, inputs: [String], folder: String?, writesLines: Bool) throws -> Set<String>
    {
        let paths = SidePaths(
            inputs: inputs.filter { $0 != "-" }, folder: folder, reading: inputs.contains("-") ? [STDIN_FILENO] : [],
            writing: writesLines || report.json ? [STDOUT_FILENO] : [])
        return try paths.check(
            (rejects == "fail" ? [] : [("--rejects", rejects)]) + (report.events.map { [("--events", $0)] } ?? []))
    }

    private static func interval(_ text: String) throws -> Duration {
        if text == "0s" { return .zero }
        guard let time = DurationArgument(argument: text) else {
            throw ValidationError("--checkpoint-every takes a time such as 10s")
        }
        return time.duration
    }
}

extension ConversionOptions.Compression: ExpressibleByArgument {}
