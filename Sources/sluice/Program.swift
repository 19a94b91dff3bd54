import ArgumentParser
import Foundation

/// The process: what every command needs of it is prepared here, on its first thread, which then waits for signals.
@main
enum Program {
    static func main() {
        Interrupts.hold()
        // A closed pipe and a file that may not grow are errors of the write; as signals they would end the process
        // without a word.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        let command = Sluice.parse(
            Array(CommandLine.arguments.dropFirst()), ProcessInfo.processInfo.environment)
        if let lack = SystemNeeds(of: command).lack() { Sluice.fail(lack, .tryAgain) }
        // The first job of Swift's pool: from here on there are threads.
        Task.detached { await Sluice.run(command) }
        Interrupts.watch()
    }
}
