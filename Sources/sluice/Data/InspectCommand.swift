import ArgumentParser
import BackupExports

struct InspectCommand: AsyncParsableCommand, HelpedCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Says what is in an export: entries, tables, columns, formats, dialects with the evidence for each.",
        discussion: """
            sluice inspect shop.tar.gz
            sluice inspect shop.tar.gz --all --json
            """)

    static let shortHelp = ShortHelp(
        usage: "INPUT", options: ["--all", "--json-report", "--table", "--format", "--encoding"])

    @Argument(
        help: .init(
            "An archive, a folder, a file, oss://…, s3://…, a link, or - for standard input.", valueName: "input"),
        completion: .file())
    var input: String
    @Flag(help: "Look at everything, not at the first megabytes only.")
    var all = false
    @Flag(name: .customLong(BareJSON.flag), help: "One JSON object; --json without a value means the same.")
    var json = false
    @OptionGroup var reading: ReadingOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func run() async throws {
        let options = try reading.exportOptions(limits), limit = all ? nil : ExportInspection.usualLimit
        let found = try await Interrupts.guarding {
            let inputs = try await InputArgument.open([input], Console())
            return try await BackupExport(inputs: inputs, options: options).inspect(limit: limit)
        }
        let report = try found.json()
        Console().data(InspectionText(found).text, json: String(decoding: report, as: UTF8.self), asJSON: json)
    }
}
