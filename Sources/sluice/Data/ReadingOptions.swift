import ArgumentParser
import BackupExports

/// How an export is to be read: shared by the commands that read one.
struct ReadingOptions: ParsableArguments {
    @OptionGroup(title: "Tables") var choice: ChoiceOptions
    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Values") var values: ValueArguments
    @OptionGroup(title: "CSV") var csv: CSVOptions
    @OptionGroup(title: "Binary logs") var changes: ChangeArguments

    func validate() throws { _ = try csv.overrides() }

    /// - Throws: `ValidationError`.
    func exportOptions(_ limits: LimitOptions) throws -> ExportOptions {
        var options = ExportOptions()
        options.tables = choice.filter
        options.format = input.format
        options.dialect = input.dialect
        options.csv = try csv.overrides()
        options.encoding = input.encoding
        options.values = values.options
        options.duplicates = input.duplicates
        options.unknownStatements = input.unknownStatements
        options.isStrict = input.strict
        options.structures = input.structure
        options.changes = changes.options
        options.spillFolder = limits.spillFolder
        options.limits = try limits.limits()
        return options
    }
}
