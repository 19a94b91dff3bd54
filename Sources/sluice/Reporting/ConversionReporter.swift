import ArgumentParser
import BackupExports
import BackupLake

/// Reports a conversion to people (the console) and to machines (events, the report as JSON).
final class ConversionReporter: Sendable {
    private let console: Console
    private let writesReport: Bool
    private let events: EventLog?
    private let began = ContinuousClock.now

    /// `resumes`: with a run that was interrupted.
    init(_ console: Console, _ options: ReportOptions, writesLines: Bool = false, resumes: Bool = false) throws {
        self.console = console
        // Standard output cannot carry both rows and a report.
        writesReport = options.json && !writesLines
        events = try options.events.map { try EventLog(path: $0, resumes: resumes) }
    }

    // MARK: While it goes

    func progress(_ progress: ConversionProgress) {
        let isDue = console.progress(ProgressLine(progress, seconds: (ContinuousClock.now - began).inSeconds).text)
        if isDue { events?.progress(progress) }
    }

    func event(_ event: ConversionEvent) {
        events?.add(event)
        if case .warning(let text, let table) = event {
            console.note("sluice: warning: \(table.map { "\($0): " } ?? "")\(text)")
        }
    }

    /// Ends it when an event cannot be written.
    func guarding<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        guard let events else { return try await body() }
        let task = Task { try await body() }
        events.onFailure { task.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch is CancellationError {
            throw events.failure ?? CancellationError()
        }
    }

    // MARK: At the end

    /// - Throws: the exit status of a conversion that rejected rows.
    func end(_ report: ConversionReport) throws {
        console.clearProgress()
        events?.end(report)
        if let failure = events?.failure { throw failure }
        if writesReport, let json = try? report.json(complete: true) {
            console.data(json: String(decoding: json, as: UTF8.self))
        }
        let rate = report.seconds > 0 ? Double(report.inputBytes) / report.seconds : 0
        console.note(
            "\(Amount.count(report.rows)) row\(report.rows == 1 ? "" : "s") of \(report.tables.count) "
                + "table\(report.tables.count == 1 ? "" : "s"), "
                + "\(Amount.bytes(report.bytes)) of JSON from \(Amount.bytes(report.inputBytes)) in "
                + "\(Amount.seconds(report.seconds)) (\(Amount.bytes(Int(rate)))/s)"
        )
        if report.rejected > 0 { console.note("\(Amount.count(report.rejected)) rows were rejected") }
        if report.spill.parts > 0 {
            console.note(
                "\(report.spill.parts) data part\(report.spill.parts == 1 ? "" : "s") came before their structure and "
                    + "waited on disk: "
                    + "\(Amount.bytes(report.spill.bytes)) as \(Amount.bytes(report.spill.compressedBytes)), "
                    + "\(Amount.seconds(report.spill.seconds))"
            )
        }
        for table in report.tables {
            for warning in table.warnings { console.note("  \(table.name): \(warning)") }
            if console.isVerbose {
                console.note("  \(table.name)  \(Amount.count(table.rows)) rows  \(Amount.bytes(table.bytes))")
            }
        }
        if report.rejected > 0 { throw ExitCode(ExitStatus.rowsRejected.rawValue) }
    }

    func end(failure: any Error) {
        console.clearProgress()
        events?.end(failure)
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
