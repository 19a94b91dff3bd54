import AlibabaCloudCore
import ArgumentParser
import DatabaseBackup

/// A finished download: a task's, or a link's.
struct DownloadArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("A task id, a link, or - for a link on standard input.", valueName: "task|url"))
    var what: String

    @Option(
        help: ArgumentHelp(
            "The instance, by which tasks (dt-…) are found. Needed to wait for one, not to fetch it.", valueName: "id"))
    var instance: String?

    @Option(help: ArgumentHelp("How long the links asked for shall live, 5m to 24h.", valueName: "time"))
    var linkLifetime = DurationArgument(.seconds(7200))

    enum Origin {
        case task(DownloadTaskID)
        case link(SignedURL)
    }

    var isLink: Bool { what == "-" || what.contains("//") }

    func validate() throws {
        guard (300 ... 86400).contains(linkLifetime.duration.components.seconds) else {
            throw ValidationError("--link-lifetime takes 5m to 24h.")
        }
    }

    /// Reads the link from standard input where that is asked for; call it once.
    func origin() throws -> Origin {
        isLink ? .link(try SignedURL(what == "-" ? readLine() ?? "" : what)) : .task(DownloadTaskID(what))
    }
}
