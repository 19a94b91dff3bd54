import ArgumentParser
import DatabaseBackup

struct ShowCommand: CloudCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one download task.",
        discussion: """
            Example:
              sluice show dt-s100example --instance rm-bp1example
            """)

    static let shortHelp = ShortHelp(
        usage: "TASK --instance ID", options: ["--instance", "--json", "--region", "--profile", "--verbose"])

    @OptionGroup var which: TaskArguments
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var verbosity: VerbosityOptions
    @OptionGroup var cloud: CloudOptions

    func perform(_ backups: DatabaseBackups, _ console: Console) async throws {
        let task = try await backups.downloadTask(which.id, of: which.instance)
        console.data(TaskText(task: task).lines, json: TaskText(task: task).json, asJSON: answer.json)
    }
}
