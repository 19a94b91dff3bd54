/// What `-h` says: how it is used, the options that most people need, an example.
struct ShortHelp {
    private let usage: String
    private let options: [String]
    private let example: String

    /// By the command's name.
    private static let commands: [String: ShortHelp] = [
        "convert": ShortHelp(
            usage: "INPUT… --output DIR", options: ["--output", "--stdout", "--table", "--compress", "--overwrite"],
            example: "sluice convert shop.tar.gz --output lake"),
        "inspect": ShortHelp(
            usage: "INPUT", options: ["--all", "--json-report", "--table", "--format", "--encoding"],
            example: "sluice inspect shop.tar.gz"),
        "verify": ShortHelp(
            usage: "LAKE", options: ["--json", "--quiet", "--verbose"], example: "sluice verify lake"),
        "backup": ShortHelp(
            usage: "--instance ID", options: ["--instance", "--wait", "--timeout", "--json", "--region"],
            example: "sluice backup --instance rm-bp1example --wait"),
        "create": ShortHelp(
            usage: "--instance ID --backup-set ID",
            options: ["--instance", "--backup-set", "--at", "--format", "--oss"],
            example: "sluice create --instance rm-bp1example --backup-set 146005 --format csv"),
        "list": ShortHelp(
            usage: "--instance ID", options: ["--instance", "--state", "--since", "--type", "--json"],
            example: "sluice list --instance rm-bp1example"),
        "show": ShortHelp(
            usage: "TASK --instance ID", options: ["--instance", "--json", "--region", "--profile", "--verbose"],
            example: "sluice show dt-s100example --instance rm-bp1example"),
        "wait": ShortHelp(
            usage: "TASK --instance ID", options: ["--instance", "--every", "--timeout", "--json", "--region"],
            example: "sluice wait dt-s100example --instance rm-bp1example --timeout 2h"),
        "fetch": ShortHelp(
            usage: "TASK|URL --output FILE",
            options: ["--output", "--instance", "--parallel", "--no-resume", "--network"],
            example: "sluice fetch dt-s100example --instance rm-bp1example --output shop.tar.gz"),
        "run": ShortHelp(
            usage: "TASK --output DIR", options: ["--output", "--instance", "--table", "--compress", "--network"],
            example: "sluice run dt-s100example --instance rm-bp1example --output lake"),
        "binlogs": ShortHelp(
            usage: "--instance ID", options: ["--instance", "--since", "--until", "--output", "--json"],
            example: "sluice binlogs --instance rm-bp1example --since 2026-11-29T00:00:00Z --output logs"),
    ]

    private init(usage: String, options: [String], example: String) {
        self.usage = usage
        self.options = options
        self.example = example
    }

    /// The text for arguments that have `-h` among them; nil where they have not.
    static func text(_ arguments: [String], _ table: () throws -> CommandTable) rethrows -> String? {
        guard arguments.prefix(while: { $0 != "--" }).contains("-h") else { return nil }
        let table = try table()
        guard let name = arguments.first(where: { !$0.hasPrefix("-") }) else { return text(table) }
        guard let help = commands[name], let command = table.command(name) else { return nil }
        let rows = help.options.compactMap(command.argument).map { ($0.label, $0.abstract ?? "") }
        return """
            \(command.abstract ?? "")

            Usage: sluice \(name) \(help.usage)

            \(columns(rows))

            Example: \(help.example)
            Everything: sluice \(name) --help
            """
    }

    /// Of all commands.
    private static func text(_ table: CommandTable) -> String {
        """
        \(table.root.abstract ?? "")

        Usage: sluice COMMAND …

        \(columns(table.commands.filter { $0.commandName != "help" }.map { ($0.commandName, $0.abstract ?? "") }))

        Example: \(commands["convert"]?.example ?? "")
        Of one command: sluice COMMAND -h, and everything: sluice COMMAND --help
        """
    }

    /// Two columns; the second one is folded at the width of the terminal.
    private static func columns(_ rows: [(String, String)]) -> String {
        let indent = min(26, (rows.map(\.0.count).max() ?? 0) + 4)
        let width = max(20, TerminalWidth.current.columns - indent)
        return rows.map { label, text in
            let lines = folded(text, width)
            let first = "  " + label
            let fits = first.count + 2 <= indent
            let padded =
                fits ? first + String(repeating: " ", count: indent - first.count) + (lines.first ?? "") : first
            let rest = fits ? lines.dropFirst() : lines[...]
            return ([padded] + rest.map { String(repeating: " ", count: indent) + $0 }).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func folded(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
