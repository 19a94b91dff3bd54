import ArgumentParser
import BackupExports

/// What the data is, and what is odd in it.
struct InputOptions: ParsableArguments {
    @Option(
        help: """
            What data files are, if names and first bytes should not decide: auto, csv, sql, parquet, json or binlog.
            """)
    var format = ExportOptions.Format.auto
    @Option(help: "Whose rules hold: auto, mysql or postgresql.")
    var dialect = ExportOptions.Dialect.auto
    @Option(
        help: .init(
            "Charset of the files, where they do not say it themselves: latin1, gbk, utf-16 …; binary: each column's "
                + "own (MySQL).",
            valueName: "name"))
    var encoding: String?
    @Option(
        help: .init(
            "Structures that do not lie in the input, for names and types: a tree, a dump or an archive. Repeatable.",
            valueName: "path"), completion: .file())
    var structure: [String] = []
    @Option(
        help: "The same path twice in an archive, or one table made by two dumps or in two folders: error or append.")
    var duplicates = ExportOptions.Duplicates.error
    @Option(help: "SQL that is no statement we know: error, or skip it and count it in a warning.")
    var unknownStatements = ExportOptions.UnknownStatements.error
    @Flag(help: "Signs of a cut dump (no closing line) are errors.")
    var strict = false
}

extension ExportOptions.Format: ExpressibleByArgument {}
extension ExportOptions.Dialect: ExpressibleByArgument {}
extension ExportOptions.Duplicates: ExpressibleByArgument {}
extension ExportOptions.UnknownStatements: ExpressibleByArgument {}
