import ArgumentParser
import DatabaseBackup
import Synchronization

struct WaitCommand: CloudCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "Wait until a download task is finished, failed or expired.",
        discussion: """
            Ends with 0 when the task has finished, with 69 when it failed or expired (the message, and the state in --json, tell which), \
            and with 75 when the time is over: the task goes on, so run it again. The network may come and go meanwhile.

            Example:
              sluice wait dt-s100example --instance rm-bp1example --timeout 4h
            """)

    @OptionGroup var which: TaskArguments

    @Option(help: ArgumentHelp("How often to look at first; grows to 2m while nothing moves.", valueName: "time"))
    var every = DurationArgument(.seconds(15))

    @Option(help: ArgumentHelp("When to give up.", valueName: "time"))
    var timeout = DurationArgument(.seconds(7200))

    @OptionGroup var cloud: CloudOptions

    func perform(_ backups: DatabaseBackups, _ console: Console) async throws {
        let last = Mutex<DownloadTask?>(nil)
        defer {
            console.clearProgress()
            if let task = last.withLock({ $0 }) {
                console.data(console.isJSON ? TaskText(task: task).json : TaskText(task: task).lines)
            }
        }
        let policy = WaitPolicy(first: every.duration, timeout: timeout.duration)
        _ = try await backups.wait(for: which.id, of: which.instance, policy: policy) { task in
            let before = last.withLock { last in
                defer { last = task }
                return last?.state
            }
            if before == task.state {
                console.progress(TaskText(task: task).progress)
            } else {
                console.note(TaskText(task: task).progress)
            }
        }
    }
}
