import ArgumentParser

/// What `-h` says of a command, beside its abstract and its first example.
struct ShortHelp {
    /// The arguments as they are used most.
    let usage: String
    /// The options that most people need; five at most.
    let options: [String]
}

/// A command that has a short help as well as the long one.
protocol HelpedCommand: ParsableCommand {
    static var shortHelp: ShortHelp { get }
}

extension HelpedCommand {
    /// The first line of the long help that calls it.
    fileprivate static var example: String? {
        let call = "sluice \(configuration.commandName ?? "") "
        return configuration.discussion.split(separator: "\n")
            .map { $0.drop { $0 == " " } }.first { $0.hasPrefix(call) }.map(String.init)
    }
}

extension ShortHelp {
    /// The text for arguments that have `-h` among them; nil where they have not.
    static func text(_ arguments: [String], _ table: () throws -> CommandTable) rethrows -> String? {
        guard arguments.prefix(while: { $0 != "--" }).contains("-h") else { return nil }
        let table = try table()
        guard let name = arguments.first(where: { !$0.hasPrefix("-") }) else { return text(table) }
        guard let type = Sluice.commands.first(where: { $0.configuration.commandName == name }),
            let command = table.command(name)
        else { return nil }
        let rows = type.shortHelp.options.compactMap(command.argument).map { ($0.label, $0.abstract ?? "") }
        return """
            \(command.abstract ?? "")

            Usage: sluice \(name) \(type.shortHelp.usage)

            \(columns(rows))

            Example: \(type.example ?? "")
            Everything: sluice \(name) --help
            """
    }

    /// Of all commands.
    private static func text(_ table: CommandTable) -> String {
        """
        \(table.root.abstract ?? "")

        Usage: sluice COMMAND …

        \(columns(table.commands.filter { $0.commandName != "help" }.map { ($0.commandName, $0.abstract ?? "") }))

        Example: \(ConvertCommand.example ?? "")
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
