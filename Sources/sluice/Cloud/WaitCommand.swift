import ArgumentParser
import DatabaseBackup
import Synchronization

struct WaitCommand: CloudCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "Wait until a download task is finished, failed or expired.",
        discussion: """
            Ends with 0 when the task has finished, with 69 when it failed or expired (the message, and the state in \
            --json, show which), and with 75 when the time is over: the task continues, so run it again. The network \
            may fail meanwhile.

            Example:
              sluice wait dt-s100example --instance rm-bp1example --timeout 4h
            """)

    static let shortHelp = ShortHelp(
        usage: "TASK --instance ID", options: ["--instance", "--every", "--timeout", "--json", "--region"])

    @OptionGroup var which: TaskArguments
    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var verbosity: VerbosityOptions
    @OptionGroup var cloud: CloudOptions

    func perform(_ backups: DatabaseBackups, _ console: Console) async throws {
        let last = Mutex<DownloadTask?>(nil)
        defer {
            console.clearProgress()
            if let task = last.withLock({ $0 }) {
                console.data(TaskText(task: task).lines, json: TaskText(task: task).json, asJSON: answer.json)
            }
        }
        try await waiting.wait(for: which.id, of: which.instance, backups, console) { task in
            last.withLock { $0 = task }
        }
    }
}
