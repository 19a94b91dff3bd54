import ArgumentParser

/// How much a command says while it works.
struct TellingOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more: what is retried and why; rows and bytes of every table.")
    var verbose = false
}
