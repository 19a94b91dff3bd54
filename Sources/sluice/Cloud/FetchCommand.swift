import AlibabaCloudCore
import ArgumentParser
import DatabaseBackup
import Foundation

struct FetchCommand: CloudCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Download a finished task's archive, resuming and verifying.",
        discussion: """
            The bytes go to FILE.partial, and FILE appears when the size and the store's checksum are right. Whatever \
            interrupts it, the same command resumes: no byte on disk is fetched again. By task, links that expire are \
            renewed; a link of your own is fetched for as long as it is valid (‘-’ reads it from standard input, so \
            that it does not show in the process list).

            Examples:
              sluice fetch dt-s100example --output shop.tar.gz
              sluice fetch dt-s100example --output shop.tar.gz --network internal
              sluice fetch - --output shop.tar.gz < link.txt
            """)

    static let shortHelp = ShortHelp(
        usage: "TASK|URL --output FILE", options: ["--output", "--instance", "--parallel", "--no-resume", "--network"])

    @OptionGroup var download: DownloadArguments

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to make.", valueName: "file"), completion: .file())
    var output: String

    @Flag(inversion: .prefixedNo, help: "Resume what an earlier run left.")
    var resume = true

    @Option(help: "Ranges to fetch at the same time.")
    var parallel = 1

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var verbosity: VerbosityOptions
    @OptionGroup var cloud: CloudOptions

    var needsRegion: Bool { !download.isLink }

    func validate() throws {
        guard (1 ... 16).contains(parallel) else { throw ValidationError("--parallel takes 1 to 16.") }
    }

    func perform(_ backups: DatabaseBackups, _ console: Console) async throws {
        let options = FetchOptions(
            parallel: parallel, resumes: resume, linkLifetime: download.linkLifetime.duration, network: cloud.network)
        let speed = Speedometer()
        let progress: @Sendable (FetchProgress) -> Void = { now in console.progress(speed.line(now)) }
        let report: FetchReport =
            switch try download.origin() {
            case .task(let id): try await backups.fetch(id, to: output, options: options, progress: progress)
            case .link(let link): try await backups.fetch(link, to: output, options: options, progress: progress)
            }
        console.note(FetchText(report: report).sentence)
        if answer.json { console.data(json: FetchText(report: report).json.line) }
    }
}
