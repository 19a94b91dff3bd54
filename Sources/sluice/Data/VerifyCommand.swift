import ArgumentParser
import BackupLake

struct VerifyCommand: HelpedCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Hashes every file of an output folder again, and compares with its manifest.",
        discussion: """
            Ends with 0 where all is as the manifest says, with 65 and the first files that differ or are missing, and \
            with 66 where there is no manifest.

            Examples:
              sluice verify lake
              sluice verify lake --json
            """)

    static let shortHelp = ShortHelp(
        usage: "LAKE", options: ["--json", "--quiet", "--verbose"])

    @Argument(help: .init("An output folder.", valueName: "lake"), completion: .directory)
    var folder: String
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var verbosity: VerbosityOptions

    /// Differences that are shown, and how many more there are.
    private static let most = 10

    func run() throws {
        let console = Console(verbosity)
        defer { console.clearProgress() }
        let check = try OutputCheck(of: folder) { files, bytes in
            console.progress("\(files) files  \(Amount.bytes(bytes))")
        }
        console.clearProgress()
        if answer.json { console.data(json: json(check).line) }
        if check.differences.isEmpty {
            console.note("\(folder): \(check.files) files, \(Amount.bytes(check.bytes)), as the manifest says")
            return
        }
        for difference in check.differences.prefix(Self.most) { console.note("\(folder)/\(difference)") }
        let rest = check.differences.count - Self.most
        if rest > 0 { console.note("and \(rest) more") }
        throw CommandFailure(
            status: .badData,
            message: "\(folder) is not what its manifest says: \(check.differences.count) of \(check.files) files")
    }

    private func json(_ check: OutputCheck) -> JSONObject {
        JSONObject([
            "files": .number(check.files), "bytes": .number(check.bytes),
            "differences": .list(check.differences.map { JSONObject(["path": .text($0.path), "why": .text($0.why)]) }),
        ])
    }
}
