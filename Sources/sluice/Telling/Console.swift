import Foundation
import Synchronization

/// Where a command speaks: data on standard output, everything for people on standard error.
final class Console: Sendable {
    let isJSON: Bool
    private let isQuiet: Bool
    private let isTerminal = isatty(2) == 1
    private let last = Mutex<(time: ContinuousClock.Instant, isOnScreen: Bool)>((.now, false))

    init(isQuiet: Bool, isJSON: Bool) {
        self.isQuiet = isQuiet
        self.isJSON = isJSON
    }

    /// A line of data. A reader that has gone away ends the command quietly.
    func data(_ line: String) {
        if !Self.write(line + "\n", to: 1) { exit(0) }
    }

    /// A line for people.
    func note(_ line: String) {
        if isQuiet { return }
        clearProgress()
        _ = Self.write(line + "\n", to: 2)
    }

    /// How far it has come: on a terminal one line that changes, four times a second at most; elsewhere a line every ten seconds.
    func progress(_ line: @autoclosure () -> String) {
        if isQuiet { return }
        let isDue = last.withLock { last in
            let now = ContinuousClock.now
            if now - last.time < (isTerminal ? .milliseconds(250) : .seconds(10)) { return false }
            last = (now, isTerminal)
            return true
        }
        if isDue { _ = Self.write(isTerminal ? "\r\u{1B}[K\(line())" : line() + "\n", to: 2) }
    }

    func clearProgress() {
        let wasOnScreen = last.withLock { last in
            defer { last.isOnScreen = false }
            return last.isOnScreen
        }
        if wasOnScreen { _ = Self.write("\r\u{1B}[K", to: 2) }
    }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return errno != EPIPE }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}
