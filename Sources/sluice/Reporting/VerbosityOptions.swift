import ArgumentParser

/// How much a command reports while it works.
struct VerbosityOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Write nothing but errors to standard error.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Report more: what is retried and why; rows and bytes of every table.")
    var verbose = false
}
