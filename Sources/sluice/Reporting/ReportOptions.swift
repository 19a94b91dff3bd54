import ArgumentParser

/// What a conversion reports of itself.
struct ReportOptions: ParsableArguments {
    enum Progress: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

    @Option(help: "The progress line: auto, always or never.")
    var progress = Progress.auto

    @Option(help: .init("Write what happens, one JSON object a line, to a file.", valueName: "file"))
    var events: String?

    @Flag(
        name: .customLong(BareJSON.flag),
        help: "The report as JSON on standard output; --json without a value means the same.")
    var json = false

    func validate() throws {
        if events == "-" || events == "" {
            throw ValidationError("--events takes a file, not standard output: name one, such as events.ndjson")
        }
    }
}
