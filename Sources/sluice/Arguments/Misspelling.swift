/// A command or an option that does not exist, and the nearest that does. Said before anything that is missing: a wrong
/// word is the likely reason.
enum Misspelling {
    /// One line; nil where all words are known.
    static func text(_ arguments: [String], _ table: CommandTable) -> String? {
        guard let name = arguments.first(where: { !$0.hasPrefix("-") }) else { return nil }
        if name == "help" { return nil }
        guard let command = table.command(name) else {
            let near = nearest(to: name, of: table.commands.map(\.commandName)).map { "did you mean \($0)?" }
            return "there is no command “\(name)”; \(near ?? "`sluice --help` lists them")"
        }
        let words = arguments.drop { $0 != name }.dropFirst()
        return unknownOption(words, command).map { word in
            let known = (command.arguments ?? []).flatMap { $0.names ?? [] }.map(\.word)
            let near = nearest(to: word, of: known).map { "did you mean \($0)?" }
            return "\(name) has no option \(word); \(near ?? "`sluice \(name) --help` lists them")"
        }
    }

    private static func unknownOption(_ words: ArraySlice<String>, _ command: CommandTable.Command) -> String? {
        var words = words
        while let word = words.popFirst(), word != "--" {
            guard word.hasPrefix("--") else { continue }
            let option = String(word.prefix { $0 != "=" })
            guard let argument = command.argument(option) else { return option }
            // Its value, unless that looks like an option: then it has none, and the parser says so.
            let hasValue = words.first.map { $0 == "-" || !$0.hasPrefix("-") } ?? false
            if argument.kind == .option && option == word && hasValue { words = words.dropFirst() }
        }
        return nil
    }

    /// The nearest of some words, where it is near: a third of its letters may be wrong.
    private static func nearest(to word: String, of known: [String]) -> String? {
        let distances = known.map { ($0, distance(Array(word), Array($0))) }
        return distances.min { $0.1 < $1.1 }.flatMap { $0.1 * 3 <= max($0.0.count, 3) ? $0.0 : nil }
    }

    /// How many letters must be put in, taken out, changed, or exchanged with their neighbour.
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0 ... b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
