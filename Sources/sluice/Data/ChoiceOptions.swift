import ArgumentParser
import BackupExports

/// Which tables.
struct ChoiceOptions: ParsableArguments {
    @Option(
        help: .init(
            "Only tables like this: a glob over database.table or database.schema.table. Repeatable.",
            valueName: "pattern"))
    var table: [String] = []
    @Option(help: .init("No tables like this. Repeatable.", valueName: "pattern"))
    var exclude: [String] = []

    var filter: TableFilter { TableFilter(included: table, excluded: exclude) }
}
