import ArgumentParser

/// How much a command says while it works.
struct TellingOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more: what is retried and why; rows and bytes of every table.")
    var verbose = false
}

/// How a command of the cloud wing answers.
struct AnswerOptions: ParsableArguments {
    @Flag(help: "One JSON object on standard output (list: one a line).")
    var json = false
}

/// What a conversion tells of itself.
struct ReportOptions: ParsableArguments {
    enum Progress: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

    @Option(help: "The progress line: auto, always or never.")
    var progress = Progress.auto

    @Option(help: .init("Write what happens, one JSON object a line, to a file.", valueName: "file"))
    var events: String?

    @Flag(name: .customLong(BareJSON.flag), help: "The report as JSON on standard output; --json without a value means the same.")
    var json = false
}
