import AlibabaCloudCore
import ArgumentParser
import BackupExports
import BackupLake
import Foundation

struct Sluice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: "Turns Alibaba Cloud database backup downloads into line-delimited JSON, exactly.",
        version: SluiceVersion.current,
        subcommands: commands, helpNames: .long)

    static let commands: [any HelpedCommand.Type] =
        [ConvertCommand.self, InspectCommand.self, VerifyCommand.self] + CloudCommands.all

    /// The command that the arguments and the environment say; ends the process where they say none, or ask for help.
    static func parse(_ words: [String], _ environment: [String: String]) -> any ParsableCommand {
        let arguments = BareJSON.expand(words), options = EnvironmentOptions(environment)
        do {
            if let text = try ShortHelp.text(arguments, CommandTable.current) {
                Console().data(text)
                Foundation.exit(ExitStatus.done.rawValue)
            }
            return try parseAsRoot(options.isEmpty ? arguments : options.completed(arguments, .current()))
        } catch {
            if exitCode(for: error).isSuccess { endParsing(error) }
            if let table = try? CommandTable.current(), let line = Misspelling.text(arguments, table) {
                fail(line, .badArguments)
            }
            for line in (try? options.origins(arguments, .current())) ?? [] { Console.lastWord(line) }
            end(error)
        }
    }

    /// Runs it, and ends the process.
    static func run(_ command: any ParsableCommand) async -> Never {
        do {
            var command = command
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            Foundation.exit(ExitStatus.done.rawValue)
        } catch { end(error) }
    }

    private static func end(_ error: any Error) -> Never {
        switch error {
        case let failure as CommandFailure: fail(failure.message, failure.status)
        case let error as ExportError: fail(ErrorLine.text(of: error), error.exitStatus)
        case let error as LakeError: fail(ErrorLine.text(of: error), ExportError(error).exitStatus)
        case let error as CloudError: fail(ErrorLine.text(of: error), ExitStatus(error.kind))
        case is CancellationError: fail("interrupted", .interrupted)
        default: endParsing(error)
        }
    }

    /// Help is asked for, and goes to standard output; errors of the arguments quote them.
    private static func endParsing(_ error: any Error) -> Never {
        let text = fullMessage(for: error), status = exitCode(for: error).rawValue
        if status == ExitStatus.done.rawValue {
            if !text.isEmpty { Console().data(text) }
        } else if !text.isEmpty {
            Console.lastLines(text)
        }
        Foundation.exit(status)
    }

    static func fail(_ message: String, _ status: ExitStatus) -> Never {
        Console.lastWord(message)
        Foundation.exit(status.rawValue)
    }
}
