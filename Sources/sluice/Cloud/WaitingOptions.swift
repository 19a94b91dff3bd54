import ArgumentParser
import DatabaseBackup
import Synchronization

/// How patiently a task is waited for, and the waiting itself.
struct WaitingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How often to look at first; grows to 2m while nothing moves.", valueName: "time"))
    var every = DurationArgument(.seconds(15))

    @Option(help: ArgumentHelp("When to give up.", valueName: "time"))
    var timeout = DurationArgument(.seconds(7200))

    /// Waits until the task has finished, and reports its progress.
    func wait(
        for id: DownloadTaskID, of instance: String?, _ backups: DatabaseBackups, _ console: Console,
        seen: @Sendable (DownloadTask) -> Void = { _ in }
    ) async throws {
        let state = Mutex<TaskState?>(nil)
        let policy = WaitPolicy(first: every.duration, timeout: timeout.duration)
        _ = try await backups.wait(for: id, of: instance, policy: policy) { task in
            seen(task)
            let before = state.withLock { state in
                defer { state = task.state }
                return state
            }
            if before == task.state {
                console.progress(TaskText(task: task).progress)
            } else {
                console.note(TaskText(task: task).progress)
            }
        }
        console.clearProgress()
    }
}
