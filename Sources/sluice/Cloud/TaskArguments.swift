import ArgumentParser
import DatabaseBackup

/// One task, and the instance that tasks of advanced download are found by.
struct TaskArguments: ParsableArguments {
    @Argument(help: "The task: dt-… (advanced download), or any other id (classic DBS).")
    var task: String

    @Option(help: ArgumentHelp("The instance; not needed for classic tasks.", valueName: "id"))
    var instance: String?

    var id: DownloadTaskID { DownloadTaskID(task) }

    func validate() throws {
        if !id.isClassic && instance == nil {
            throw ValidationError("--instance is needed: the service finds tasks by instance only.")
        }
    }
}
