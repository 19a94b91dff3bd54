import AlibabaCloudCore
import ArgumentParser
import BackupExports
import DatabaseBackup

struct CreateCommand: CloudCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a download task, or find the one that already exists.",
        discussion: """
            Prints the task's id. Making a task costs a conversion fee and cannot be undone, so the tasks of the \
            instance are read first: one for the same data, format and target is used again. An instance has one task \
            at a time, and a failed one blocks: --retry-failed restarts it.

            Examples:
              sluice create --instance rm-bp1example --backup-set 146005
              sluice create --instance rm-bp1example --at 2026-01-02T03:04:05Z --zstd
              sluice create --instance rm-bp1example --backup-set 146005 \\
                --format parquet --oss my-bucket/exports@cn-hangzhou
              sluice create --classic full --backup-set 1b2example --format csv
              sluice create --classic incremental --backup-job 1b3example \\
                --backup-set mysql-bin.000054
            """)

    static let shortHelp = ShortHelp(
        usage: "--instance ID --backup-set ID", options: ["--instance", "--backup-set", "--at", "--format", "--oss"])

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case csv
        case csvWithHeader = "csv-with-header"
        case sql, parquet, native, json
    }

    enum Classic: String, CaseIterable, ExpressibleByArgument {
        case full, incremental
    }

    @Option(help: ArgumentHelp("The instance: rm-…, pgm-…, pc-….", valueName: "id"))
    var instance: String?

    @Option(help: ArgumentHelp("The backup set to convert (classic incremental: its name).", valueName: "id"))
    var backupSet: String?

    @Option(help: ArgumentHelp("The backup set's size, if known.", valueName: "size"))
    var size: ByteCount?

    @Option(help: ArgumentHelp("The data as of a moment: 2026-01-02T03:04:05Z.", valueName: "time"))
    var at: TimeArgument?

    @Option(
        help: """
            Default: csv-with-header; classic full: csv, classic incremental: native. native and json are classic \
            only.
            """
    )
    var format: Format?

    @Flag(help: "Compress with zstd instead of gzip.")
    var zstd = false

    @Option(
        help: ArgumentHelp("Write into a bucket of yours instead of giving a link.", valueName: "bucket/path@region"))
    var oss: BucketArgument?

    @Flag(help: "Restart a failed task that blocks the instance.")
    var retryFailed = false

    @Option(help: "Use the classic API for a set of a classic backup plan.")
    var classic: Classic?

    @Option(help: ArgumentHelp("Classic incremental: the backup job.", valueName: "id"))
    var backupJob: String?

    @Option(help: ArgumentHelp("Classic: the same token means the same request.", valueName: "text"))
    var clientToken: String?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var verbosity: VerbosityOptions
    @OptionGroup var cloud: CloudOptions

    func validate() throws {
        if classic == nil { _ = try advanced() } else { _ = try classicDownload() }
    }

    private func advanced() throws -> DownloadRequest {
        guard let instance else { throw ValidationError("--instance is needed.") }
        guard backupJob == nil, clientToken == nil else {
            throw ValidationError("--backup-job and --client-token need --classic.")
        }
        let source: DownloadRequest.Source
        switch (backupSet, at) {
        case (let set?, nil): source = .backupSet(set, size: size.map { Int64($0.bytes) })
        case (nil, let time?): source = .pointInTime(time.date)
        default: throw ValidationError("Name the data by either --backup-set or --at.")
        }
        let chosen: DownloadRequest.Format
        switch format ?? .csvWithHeader {
        case .csv: chosen = .csv(header: false)
        case .csvWithHeader: chosen = .csv(header: true)
        case .sql: chosen = .sql
        case .parquet: chosen = .parquet
        case .native, .json: throw ValidationError("--format \(format?.rawValue ?? "") needs --classic.")
        }
        return DownloadRequest(
            instance: instance, source: source, format: chosen,
            target: oss.map { .oss(bucket: $0.bucket, path: $0.path, region: $0.region) } ?? .url, usesZstandard: zstd)
    }

    private func classicDownload() throws -> ClassicDownload {
        guard let backupSet else { throw ValidationError("--backup-set is needed.") }
        guard at == nil, size == nil, oss == nil, !zstd, !retryFailed, instance == nil else {
            throw ValidationError("--classic takes --backup-set, --backup-job, --format and --client-token only.")
        }
        let chosen: ClassicFormat?
        switch format {
        case nil: chosen = nil
        case .csv: chosen = .csv
        case .sql: chosen = .sql
        case .native: chosen = .native
        case .json: chosen = .json
        case .csvWithHeader, .parquet: throw ValidationError("The classic API has no such format.")
        }
        if classic == .full {
            guard backupJob == nil else { throw ValidationError("--backup-job needs --classic incremental.") }
            return .full(backupSet: backupSet, format: chosen ?? .csv)
        }
        guard let backupJob else { throw ValidationError("--backup-job is needed.") }
        return .incremental(job: backupJob, name: backupSet, format: chosen ?? .native)
    }

    func perform(_ backups: DatabaseBackups, _ console: Console) async throws {
        let task: DownloadTask
        if classic != nil {
            let id = try await backups.createClassicDownload(classicDownload(), token: clientToken)
            task = try await backups.findClassicDownloadTask(id)?.task ?? DownloadTask(id: id, state: .initializing)
            console.note("task \(id) created")
        } else {
            let ensured = try await backups.ensureDownload(advanced(), retryingFailed: retryFailed)
            task = ensured.task
            console.note("task \(task.id) \(ensured.origin.rawValue)")
        }
        console.data(task.id.description.printable, json: TaskText(task: task).json, asJSON: answer.json)
    }
}
