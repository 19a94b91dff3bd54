/// The exit statuses of the command: a contract with other people's scripts (README, "Exit status").
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case rowsRejected = 2
    case badArguments = 64
    case badData = 65
    case unreadableInput = 66
    case serviceRefused = 69
    case outputExists = 73
    case tryAgain = 75
    case credentials = 77
    case interrupted = 130
}

/// How a command ends when it does not end well: one clear line for people, and a status for scripts.
struct CommandFailure: Error {
    let status: ExitStatus
    /// What happened, where and why, in one line; may end with what to do.
    let message: String
}
