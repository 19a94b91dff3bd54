import Foundation
import Synchronization

/// Where a command speaks: data on standard output, everything for people on standard error.
///
/// Whatever people read passes here, and comes out without characters that move a terminal: names, entries and errors
/// are other people's text.
final class Console: Sendable {
    let isVerbose: Bool
    private let isQuiet: Bool
    private let showsProgress: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let last = Mutex<(time: ContinuousClock.Instant, isOnScreen: Bool)>((.now, false))

    init(isQuiet: Bool = false, isVerbose: Bool = false, showsProgress: Bool = true) {
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose && !isQuiet
        self.showsProgress = showsProgress && !isQuiet
    }

    convenience init(_ verbosity: VerbosityOptions, _ report: ReportOptions? = nil) {
        self.init(isQuiet: verbosity.quiet, isVerbose: verbosity.verbose, showsProgress: report?.progress != .never)
    }

    /// What was asked for, as people read it, ended by a line end. A reader that has gone away ends the command
    /// quietly; a full disk is an error.
    func data(_ text: String) { answer(text.printable(keepsLines: true)) }

    /// The same as programs read it: JSON, in one line.
    func data(json: String) { answer(json.printableJSON) }

    /// One of the two.
    func data(_ text: @autoclosure () -> String, json: @autoclosure () -> String, asJSON: Bool) {
        asJSON ? data(json: json()) : data(text())
    }

    private func answer(_ text: String) {
        if Self.write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO) { return }
        let code = errno
        if code == EPIPE { exit(ExitStatus.done.rawValue) }
        Self.lastWord("cannot write to standard output: \(String(cString: strerror(code)))")
        exit(([ENOSPC, EDQUOT].contains(code) ? ExitStatus.tryAgain : .outputExists).rawValue)
    }

    /// A line for people.
    func note(_ line: String) {
        if isQuiet { return }
        clearProgress()
        Self.write(line.printable(keepsLines: false) + "\n", to: STDERR_FILENO)
    }

    /// How far it has come: on a terminal one line that changes, four times a second at most; elsewhere a line every
    /// ten seconds.
    ///
    /// - Returns: whether it was time to say so, seen or not.
    @discardableResult
    func progress(_ line: @autoclosure () -> String) -> Bool {
        let isDue = last.withLock { last in
            let now = ContinuousClock.now
            if now - last.time < (isTerminal ? .milliseconds(250) : .seconds(10)) { return false }
            last = (now, isTerminal && showsProgress)
            return true
        }
        if isDue && showsProgress {
            let text = line().printable(keepsLines: false)
            Self.write(isTerminal ? "\r\u{1B}[K" + TerminalWidth.current.cut(text) : text + "\n", to: STDERR_FILENO)
        }
        return isDue
    }

    func clearProgress() {
        let wasOnScreen = last.withLock { last in
            defer { last.isOnScreen = false }
            return last.isOnScreen
        }
        if wasOnScreen { Self.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    /// Why the command ends; said whatever the options.
    static func lastWord(_ line: String) { write("sluice: \(line.printable(keepsLines: false))\n", to: STDERR_FILENO) }

    /// The same in several lines, such as what is wrong with the arguments.
    static func lastLines(_ text: String) {
        write((text.hasSuffix("\n") ? text : text + "\n").printable(keepsLines: true), to: STDERR_FILENO)
    }

    /// - Returns: false where it cannot be written; `errno` says why.
    @discardableResult
    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}
