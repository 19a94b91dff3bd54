import ArgumentParser

/// The folder that a run writes.
struct FolderOptions: ParsableArguments {
    @Option(
        name: .shortAndLong, help: ArgumentHelp("The output folder.", valueName: "dir"), completion: .directory)
    var output: String

    func validate() throws {
        try FolderArgument.check(output)
    }
}
