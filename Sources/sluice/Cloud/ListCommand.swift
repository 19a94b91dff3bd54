import ArgumentParser
import DatabaseBackup

struct ListCommand: CloudCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the download tasks of an instance.",
        discussion: """
            Examples:
              sluice list --instance rm-bp1example
              sluice list --instance rm-bp1example --state finished --json
            """)

    static let shortHelp = ShortHelp(
        usage: "--instance ID", options: ["--instance", "--state", "--since", "--type", "--json"])

    @Option(help: ArgumentHelp("The instance.", valueName: "id"))
    var instance: String

    @Option(
        help: ArgumentHelp(
            "Only tasks in this state: initializing, queueing, running, finished, failed, expired.", valueName: "state")
    )
    var state: String?

    @Option(help: ArgumentHelp("Only tasks created from then on.", valueName: "time"))
    var since: TimeArgument?

    @Option(help: ArgumentHelp("Only tasks created before.", valueName: "time"))
    var until: TimeArgument?

    @Option(help: "Only tasks of full backups, or of points in time.")
    var type: DownloadTaskFilter.Kind?

    @Option(help: "By time of creation.")
    var order: DownloadTaskFilter.Order = .newestFirst

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var verbosity: VerbosityOptions
    @OptionGroup var cloud: CloudOptions

    func perform(_ backups: DatabaseBackups, _ console: Console) async throws {
        let filter = DownloadTaskFilter(
            instance: instance, state: state.map { TaskState($0) }, kind: type, since: since?.date, until: until?.date,
            order: order)
        if !answer.json { console.data(TaskText.header) }
        for try await task in backups.downloadTasks(filter) {
            console.data(TaskText(task: task).row, json: TaskText(task: task).json, asJSON: answer.json)
        }
    }
}

extension DownloadTaskFilter.Kind: ExpressibleByArgument {}
extension DownloadTaskFilter.Order: ExpressibleByArgument {}
