import ArgumentParser

/// How a command of the cloud wing answers.
struct AnswerOptions: ParsableArguments {
    @Flag(help: "One JSON object on standard output (list: one a line).")
    var json = false
}
