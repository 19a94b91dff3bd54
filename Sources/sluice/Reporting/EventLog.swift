import BackupExports
import BackupLake
import Foundation
import Synchronization

/// `--events FILE`: what happens, as it happens, one JSON object a line. Version 1; fields are only ever added.
final class EventLog: Sendable {
    private let file: SideFile
    private let began = ContinuousClock.now
    private let state = Mutex(State())

    private struct State {
        var failure: (any Error)?
        var onFailure: (@Sendable () -> Void)?
    }

    /// `resumes`: the events are added to those of the run that this one resumes; else they replace what is there.
    init(path: String, resumes: Bool) throws {
        file = try SideFile(path: path, keeping: resumes)
        if resumes && file.kind == .file { try goToEndOfLastLine() }
        write("start", ["sluice": .text(SluiceVersion.current)])
        if let failure { throw failure }
    }

    /// A kill may have cut the last line off: it goes, so that every line is an object.
    private func goToEndOfLastLine() throws {
        var end = file.length
        while end > 0 {
            let start = end - min(end, 64 * 1024)
            var piece = [UInt8](repeating: 0, count: end - start)
            _ = try piece.withUnsafeMutableBytes { try file.read(into: $0, at: start) }
            if let newline = piece.lastIndex(of: UInt8(ascii: "\n")) {
                end = start + newline + 1
                break
            }
            end = start
        }
        try file.cut(to: end)
    }

    /// Why an event could not be written (a full disk): a conversion ends when its events cannot be written.
    var failure: (any Error)? { state.withLock { $0.failure } }

    /// `action` is called once an event cannot be written.
    func onFailure(_ action: @escaping @Sendable () -> Void) {
        let hasFailed = state.withLock { state in
            state.onFailure = action
            return state.failure != nil
        }
        if hasFailed { action() }
    }

    func write(_ event: String, _ fields: KeyValuePairs<String, JSONObject.Value>) {
        let head = JSONObject([
            "version": .number(1), "event": .text(event), "seconds": .seconds((ContinuousClock.now - began).inSeconds),
        ])
        do { try file.write(Data((head.adding(JSONObject(fields)).line + "\n").utf8)) } catch {
            let action = state.withLock { state in
                defer { state.failure = state.failure ?? error }
                return state.failure == nil ? state.onFailure : nil
            }
            action?()
        }
    }
}

extension EventLog {
    func add(_ event: ConversionEvent) {
        switch event {
        case .table(let name): write("table", ["table": .text(name.description)])
        case .entry(let entry, let table): write("entry", ["entry": .text(entry), "table": .text(table?.description)])
        case .rejected(let table, let row, let reason):
            write("rejected", ["table": .text(table.description), "row": .number(row), "reason": .text(reason)])
        case .checkpoint(let rows): write("checkpoint", ["rows": .number(rows)])
        case .resumed(let rows): write("went_on", ["rows": .number(rows)])
        case .warning(let text, let table):
            write("warning", ["warning": .text(text), "table": .text(table?.description)])
        }
    }

    func progress(_ progress: ConversionProgress) {
        write(
            "progress",
            [
                "table": .text(progress.table?.description), "input_bytes": .number(progress.inputBytes),
                "rows": .number(progress.rows),
                "output_bytes": .number(progress.outputBytes),
            ])
    }

    func end(_ report: ConversionReport) {
        write(
            "complete",
            [
                "tables": .number(report.tables.count), "rows": .number(report.rows),
                "rejected": .number(report.rejected),
                "input_bytes": .number(report.inputBytes), "output_bytes": .number(report.bytes),
            ])
    }

    func end(_ failure: any Error) { write("failed", ["error": .text(ErrorLine.text(of: failure))]) }
}
