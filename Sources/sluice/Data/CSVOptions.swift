import ArgumentParser
import BackupExports

/// Delimited text, where it differs from its dialect.
struct CSVOptions: ParsableArguments {
    @Option(
        help: .init(
            "What ends a line: auto (what the first records end in), lf, crlf or cr. All else is data.",
            valueName: "auto|lf|crlf|cr"))
    var lineEnd = LineEnd.auto
    @Option(help: .init("The field separator, one character or “tab”.", valueName: "c|tab"))
    var delimiter: String?
    @Option(help: .init("The quote, one character or “none”.", valueName: "c|none"))
    var quote: String?
    @Option(
        help: .init(
            "The escape character, or “none”. A doubled quote inside quotes always means one quote.",
            valueName: "c|none"))
    var escape: String?
    @Option(help: .init("The unquoted text that means NULL; '' for the unquoted empty field.", valueName: "text"))
    var null: String?
    @Flag(inversion: .prefixedNo, help: "The first line names the columns, or does not.")
    var header: Bool?
    @Option(help: .init("Names of the columns, in order.", valueName: "a,b,c"))
    var columns: String?

    /// - Throws: `ValidationError`.
    func overrides() throws -> CSVOverrides {
        var csv = CSVOverrides()
        csv.delimiter = try delimiter.map {
            try Self.character($0, words: ["tab": UInt8(ascii: "\t")], option: "--delimiter")
        }
        csv.quote = try quote.map { $0 == "none" ? nil : try Self.character($0, option: "--quote") }
        csv.escape = try escape.map { $0 == "none" ? nil : try Self.character($0, option: "--escape") }
        csv.null = null
        csv.lineEnd = CSVOverrides.LineEnd(rawValue: lineEnd.rawValue)
        csv.hasHeader = header
        csv.columns = columns?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return csv
    }

    /// `--line-end`.
    enum LineEnd: String, ExpressibleByArgument, CaseIterable { case auto, lf, crlf, cr }

    private static func character(_ text: String, words: [String: UInt8] = [:], option: String) throws -> UInt8 {
        if let byte = words[text] { return byte }
        guard let byte = text.utf8.first, text.utf8.count == 1, byte != 0x0A, byte != 0x0D else {
            throw ValidationError(
                "\(option) takes one ASCII character\(words.isEmpty ? "" : " or “tab”"), not “\(text)”")
        }
        return byte
    }
}
