import AlibabaCloudCore
import ArgumentParser
import DatabaseBackup
import Foundation

struct BinlogsCommand: CloudCommand {
    static let configuration = CommandConfiguration(
        commandName: "binlogs", abstract: "List the binary logs of an RDS instance, or fetch them.",
        discussion: """
            Lists the logs that have changes between --since and --until, in the order of their numbers. Each host of \
            an instance writes all changes to logs of its own, so only those of the primary are listed; --host \
            chooses others.

            With --output they are fetched, each verified by the size and the checksum that the service lists, and the \
            paths of the files are printed. Whatever interrupts it, the same command resumes: whole files are only \
            compared, a half-fetched one is continued, and links that expire are asked for again.

            Examples:
              sluice binlogs --instance rm-bp1example --since 2026-01-02
              sluice binlogs --instance rm-bp1example --since 2026-01-02T03:00:00Z \\
                --until 2026-01-02T09:00:00Z --output logs
            """)

    static let shortHelp = ShortHelp(
        usage: "--instance ID", options: ["--instance", "--since", "--until", "--output", "--json"])

    @Option(help: ArgumentHelp("The instance: rm-….", valueName: "id"))
    var instance: String

    @Option(
        help: ArgumentHelp("Only logs with changes from then on; default: 7 days before --until.", valueName: "time"))
    var since: TimeArgument?

    @Option(help: ArgumentHelp("Only logs with changes up to then; default: now.", valueName: "time"))
    var until: TimeArgument?

    @Option(
        help: ArgumentHelp(
            "Whose logs: primary, all, or a host's number (the service's HostInstanceID).", valueName: "host"))
    var host = HostArgument(.primary)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Fetch the logs into this folder; those of several hosts into a folder a host in it.", valueName: "folder"),
        completion: .directory)
    var output: String?

    @Flag(inversion: .prefixedNo, help: "Resume what an earlier run left.")
    var resume = true

    @Option(help: "Ranges of a log to fetch at the same time.")
    var parallel = 1

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var verbosity: VerbosityOptions
    @OptionGroup var cloud: CloudOptions

    func validate() throws {
        guard (1 ... 16).contains(parallel) else { throw ValidationError("--parallel takes 1 to 16.") }
        if let output { try FolderArgument.check(output) }
        if let since, since.date >= until?.date ?? Date() {
            throw ValidationError("--since must be before --until, which is now by default.")
        }
        if output == nil && (parallel != 1 || !resume) {
            throw ValidationError("--parallel and --no-resume need --output.")
        }
    }

    func perform(_ backups: DatabaseBackups, _ console: Console) async throws {
        let list = try await backups.binaryLogList(
            of: instance, BinaryLogFilter(since: since?.date, until: until?.date, hosts: host.hosts))
        report(list, console)
        if let output {
            try await fetch(list, to: output, backups, console)
        } else {
            if !answer.json { console.data(BinaryLogText.header) }
            for log in list.logs {
                console.data(BinaryLogText(log: log).row, json: BinaryLogText(log: log).json, asJSON: answer.json)
            }
        }
    }

    /// What the list does not hold.
    private func report(_ list: BinaryLogList, _ console: Console) {
        if list.logs.isEmpty { console.note("no logs of \(instance) in this time") }
        for other in list.leftOut {
            let since = other.begin.map { ", from \($0.formatted(.iso8601)) on" } ?? ""
            console.note("left out: \(other.count) logs of host \(other.host)\(since); see --host")
        }
        for gap in list.gaps {
            console.note(
                "warning: the service lists no log between \(gap.before.name) and \(gap.after.name) of host "
                    + "\(gap.before.host): the changes between them are missing")
        }
        if list.hosts.count > 1 && host.hosts == .primary {
            console.note(
                "the primary has changed: the logs of hosts \(list.hosts.joined(separator: ", ")), in this order")
        }
    }

    private func fetch(
        _ list: BinaryLogList, to folder: String, _ backups: DatabaseBackups, _ console: Console
    ) async throws {
        let options = FetchOptions(parallel: parallel, resumes: resume, network: cloud.network)
        let areMany = list.hosts.count > 1
        for (index, log) in list.logs.enumerated() {
            let speed = Speedometer(), lead = "\(log.name)  \(index + 1) of \(list.logs.count)"
            let report = try await backups.fetch(
                log, toFolder: areMany ? "\(folder)/\(log.host)" : folder, options: options
            ) { now in
                console.progress("\(lead)  \(speed.line(now))")
            }
            console.note(FetchText(report: report).sentence)
            let json = BinaryLogText(log: log).origin.adding(FetchText(report: report).json)
            console.data(report.path, json: json.line, asJSON: answer.json)
        }
    }
}
