/// Options in the environment: `SLUICE_PART_SIZE=64MB` is `--part-size 64MB`. The command line wins.
///
/// A flag is given by `1`, `true` or `yes`, and not given by `0`, `false`, `no` or nothing. An option that can be
/// repeated takes a value a line.
struct EnvironmentOptions {
    /// What stands in the environment for another purpose.
    private static let others: Set<String> = ["SLUICE_KERNELS", "SLUICE_UNIT"]
    /// One of these on the command line says that the other one does not hold.
    private static let alternatives = [["--output", "--stdout"], ["--overwrite", "--resume"]]

    /// By the name of the option: `--part-size`.
    private let values: [String: String]

    init(_ environment: [String: String]) {
        var values: [String: String] = [:]
        for (name, value) in environment where name.hasPrefix("SLUICE_") && !Self.others.contains(name) {
            values["--" + name.dropFirst("SLUICE_".count).lowercased().replacing("_", with: "-")] = value
        }
        self.values = values
    }

    var isEmpty: Bool { values.isEmpty }

    /// The variable of an option.
    static func variable(of option: String) -> String {
        "SLUICE_" + option.drop { $0 == "-" }.uppercased().replacing("-", with: "_")
    }

    /// The arguments with what the environment adds to them, after the command's name.
    func completed(_ arguments: [String], _ table: CommandTable) -> [String] {
        guard let (name, command) = Self.command(arguments, table) else { return arguments }
        return arguments[...name] + additions(to: arguments, of: command) + arguments[(name + 1)...]
    }

    /// A line for each option that comes from the environment, for an error that may be about it.
    func origins(_ arguments: [String], _ table: CommandTable) -> [String] {
        guard let (_, command) = Self.command(arguments, table) else { return [] }
        return additions(to: arguments, of: command).map { addition in
            "\(addition) is from \(Self.variable(of: String(addition.prefix { $0 != "=" })))"
        }
    }

    private static func command(_ arguments: [String], _ table: CommandTable) -> (Int, CommandTable.Command)? {
        guard let index = arguments.firstIndex(where: { !$0.hasPrefix("-") }),
            let command = table.command(arguments[index])
        else { return nil }
        return (index, command)
    }

    /// Options that the command has, and that the arguments do not give.
    private func additions(to arguments: [String], of command: CommandTable.Command) -> [String] {
        let given = Set(arguments.prefix { $0 != "--" }.map { $0.prefix { $0 != "=" } }.map(String.init))
        var additions: [String] = []
        for (option, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let argument = command.argument(option), !isGiven(option, argument, in: given) else { continue }
            switch argument.kind {
            case .positional: continue
            case .flag:
                if ["1", "true", "yes"].contains(value.lowercased()) {
                    additions.append(option)
                } else if !["0", "false", "no", ""].contains(value.lowercased()) {
                    additions.append("\(option)=\(value)")  // the parser says that a flag takes no value
                }
            case .option:
                let values = argument.isRepeating ? value.split(separator: "\n").map(String.init) : [value]
                additions += values.map { "\(option)=\($0)" }
            }
        }
        return additions
    }

    private func isGiven(_ option: String, _ argument: CommandTable.Argument, in given: Set<String>) -> Bool {
        var words = Set((argument.names ?? []).map(\.word))
        words.insert(option.hasPrefix("--no-") ? "--" + option.dropFirst(5) : "--no-" + option.dropFirst(2))
        for pair in Self.alternatives where pair.contains(option) { words.formUnion(pair) }
        return !words.isDisjoint(with: given)
    }
}
