import AlibabaCloudCore
import ArgumentParser
import BackupExports

@main
struct Sluice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: "Turns Alibaba Cloud database backup downloads into line-delimited JSON, exactly.",
        version: SluiceVersion.current,
        subcommands: [ConvertCommand.self, InspectCommand.self] + CloudCommands.all)

    static func main() async {
        do {
            var command = try parseAsRoot(BareJSON.expand(Array(CommandLine.arguments.dropFirst())))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            fail(failure.message, failure.status)
        } catch let error as ExportError {
            fail("\(error)", error.exitStatus)
        } catch let error as CloudError {
            fail("\(error)", ExitStatus(error.kind))
        } catch is CancellationError {
            fail("interrupted", .interrupted)
        } catch {
            exit(withError: error)
        }
    }

    private static func fail(_ message: String, _ status: ExitStatus) -> Never {
        Console.lastWord(message)
        exit(withError: ExitCode(status.rawValue))
    }
}
