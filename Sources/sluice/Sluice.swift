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
        subcommands: [ConvertCommand.self, InspectCommand.self] + CloudCommands.all)

    /// The command that the arguments say; ends the process where they say none.
    static func parse(_ arguments: [String]) -> any ParsableCommand {
        do { return try parseAsRoot(BareJSON.expand(arguments)) } catch { end(error) }
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
