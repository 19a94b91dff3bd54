import Foundation

/// The commands and their options, as the argument parser describes them. To describe them all takes some milliseconds:
/// only for help, for what is wrong, and for options in the environment.
struct CommandTable: Decodable {
    struct Command: Decodable {
        var commandName: String
        var abstract: String?
        var arguments: [Argument]?
        var subcommands: [Command]?

        /// The option or flag that is called so, `--` or `-` in front.
        func argument(_ word: String) -> Argument? {
            arguments?.first { argument in argument.names?.contains { $0.word == word } ?? false }
        }
    }

    struct Argument: Decodable {
        enum Kind: String, Decodable { case positional, option, flag }

        struct Name: Decodable {
            enum Kind: String, Decodable { case long, short, longWithSingleDash }

            var kind: Kind
            var name: String

            /// As it is written.
            var word: String { (kind == .long ? "--" : "-") + name }
        }

        var kind: Kind
        var names: [Name]?
        var valueName: String?
        var abstract: String?
        var isRepeating: Bool

        /// `-o, --output <dir>`
        var label: String {
            let words = (names ?? []).map(\.word).sorted { $0.count < $1.count }.joined(separator: ", ")
            return kind == .option ? "\(words) <\(valueName ?? "value")>" : words
        }
    }

    private var command: Command

    /// - Throws: `DecodingError` where the parser describes them in another way than this version's.
    static func current() throws -> CommandTable {
        try JSONDecoder().decode(CommandTable.self, from: Data(Sluice._dumpHelp().utf8))
    }

    var root: Command { command }
    var commands: [Command] { command.subcommands ?? [] }

    func command(_ name: String) -> Command? { commands.first { $0.commandName == name } }
}
