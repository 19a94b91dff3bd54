import BackupExports
import Foundation
import Synchronization

/// Tells people (standard error) and machines (events, the report as JSON) how a conversion goes.
final class Teller: Sendable {
    private struct State {
        var lastLine = ContinuousClock.now
        var isLineShown = false
    }

    private let options: TellingOptions
    private let hidesReport: Bool
    private let showsProgress: Bool
    private let isTerminal: Bool
    private let began = ContinuousClock.now
    private let state = Mutex(State())
    private let events: EventLog?

    /// `hidesReport`: standard output carries rows.
    init(_ options: TellingOptions, hidesReport: Bool) throws {
        self.options = options
        self.hidesReport = hidesReport
        isTerminal = isatty(STDERR_FILENO) == 1
        showsProgress = !options.quiet && options.progress != .never
        events = try options.events.map { try EventLog(path: $0) }
        state.withLock { $0.lastLine = began }
    }

    // MARK: While it goes

    func progress(_ progress: ConversionProgress) {
        guard showsProgress else { return }
        let interval: Duration = isTerminal ? .milliseconds(250) : .seconds(10)
        let isDue = state.withLock { state in
            guard ContinuousClock.now - state.lastLine >= interval else { return false }
            state.lastLine = .now
            state.isLineShown = isTerminal
            return true
        }
        guard isDue else { return }
        let line = ProgressLine(progress, seconds: (ContinuousClock.now - began).inSeconds).text
        say(isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
        events?.progress(progress)
    }

    func event(_ event: ConversionEvent) {
        events?.add(event)
        guard case .warning(let text, let table) = event, !options.quiet else { return }
        clearLine()
        say("sluice: warning: \(table.map { "\($0): " } ?? "")\(text)\n")
    }

    // MARK: At the end

    func end(_ report: ConversionReport) {
        clearLine()
        events?.end(report)
        if options.json && !hidesReport {
            FileHandle.standardOutput.write((try? report.json(complete: true)) ?? Data())
        }
        guard !options.quiet else { return }
        let rate = report.seconds > 0 ? Double(report.inputBytes) / report.seconds : 0
        say("\(Amount.count(report.rows)) row\(report.rows == 1 ? "" : "s") of \(report.tables.count) table\(report.tables.count == 1 ? "" : "s"), "
            + "\(Amount.bytes(report.bytes)) of JSON from \(Amount.bytes(report.inputBytes)) in \(Amount.seconds(report.seconds)) (\(Amount.bytes(Int(rate)))/s)\n")
        if report.rejected > 0 { say("\(Amount.count(report.rejected)) rows were rejected\n") }
        if report.spool.parts > 0 {
            say("\(report.spool.parts) data part\(report.spool.parts == 1 ? "" : "s") came before their structure and waited on disk: "
                + "\(Amount.bytes(report.spool.bytes)) as \(Amount.bytes(report.spool.compressedBytes)), \(Amount.seconds(report.spool.seconds))\n")
        }
        for table in report.tables {
            for warning in table.warnings { say("  \(table.name): \(warning)\n") }
            if options.verbose { say("  \(table.name)  \(Amount.count(table.rows)) rows  \(Amount.bytes(table.bytes))\n") }
        }
    }

    func end(failure: any Error) {
        clearLine()
        events?.end(failure)
    }

    private func clearLine() {
        let wasShown = state.withLock { state in
            defer { state.isLineShown = false }
            return state.isLineShown
        }
        if wasShown { say("\r\u{1B}[K") }
    }

    private func say(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
