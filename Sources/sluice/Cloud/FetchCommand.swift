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
        console.note(Self.sentence(report))
        if answer.json { console.data(json: Self.json(report)) }
    }

    private static func sentence(_ report: FetchReport) -> String {
        let seconds = report.duration.inSeconds
        let speed = seconds > 0 ? Int(Double(report.fetched) / seconds) : 0
        let kept = Int(report.bytes - report.fetched)
        return "\(report.path)  \(Amount.bytes(Int(report.bytes)))  \(Amount.bytes(speed))/s"
            + (kept > 0 ? "  \(Amount.bytes(kept)) were on disk" : "")
            + (report.verification == .checksum ? "  checksum right" : "  size right; the store sent no checksum")
    }

    private static func json(_ report: FetchReport) -> String {
        JSONObject([
            "file": .text(report.path), "bytes": .number(report.bytes), "fetched_bytes": .number(report.fetched),
            "connections": .number(Int64(report.connections)), "crc64": .text(String(report.checksum)),
            "verified_by": .text(report.verification.rawValue),
            "milliseconds": .number(Int64(report.duration / .milliseconds(1))),
            "first_byte_milliseconds": .number(report.firstByte.map { Int64($0 / .milliseconds(1)) }),
        ]).line
    }
}
