import ArgumentParser
import BackupExports

/// Binary logs.
struct ChangeArguments: ParsableArguments {
    @Option(help: "Debezium's envelope (debezium), or the row's columns beside what happened (flat).")
    var changes = ChangeEventOptions.Form.debezium
    @Option(help: "Changes that are logged as statements: error, or skip them and count.")
    var statements = ChangeEventOptions.Statements.error
    @Option(help: .init("What comes after this event, which is loaded already.", valueName: "file:pos"))
    var after: String?

    var options: ChangeEventOptions {
        var options = ChangeEventOptions()
        options.form = changes
        options.statements = statements
        options.after = after
        return options
    }
}

extension ChangeEventOptions.Form: ExpressibleByArgument {}
extension ChangeEventOptions.Statements: ExpressibleByArgument {}
