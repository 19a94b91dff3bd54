import ArgumentParser

/// Where lines go.
struct DestinationOptions: ParsableArguments {
    @Option(
        name: .shortAndLong, help: .init("The output folder, or - for standard output.", valueName: "dir"),
        completion: .directory)
    var output: String?
    @Flag(help: "Lines to standard output: one table, or several with --tag.")
    var stdout = false
    @Flag(help: "Continue an unfinished run of the same input and options; refused when anything differs.")
    var resume = false

    /// nil: the lines go to standard output.
    var folder: String? { output == "-" ? nil : output }
    var writesLines: Bool { stdout || output == "-" }

    func validate() throws {
        if (folder == nil) != writesLines { throw ValidationError("say where to: --output DIR or --stdout") }
        if let folder { try FolderArgument.check(folder) }
    }
}
