import BackupExports
import Foundation

/// `--events FILE`: what happens, as it happens, one JSON object a line. Version 1; fields are only ever added.
final class EventLog: Sendable {
    private let handle: FileHandle
    private let began = ContinuousClock.now

    /// `goesOn`: behind the events of the run that this one goes on with, not in their place.
    init(path: String, goesOn: Bool) throws {
        if goesOn, let handle = FileHandle(forUpdatingAtPath: path) {
            self.handle = handle
            try? Self.goBehindLastLine(handle)
        } else if FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path) {
            self.handle = handle
        } else {
            throw CommandFailure(status: .outputExists, message: "cannot write the events file \(path)")
        }
        write("start", ["sluice": .text(SluiceVersion.current)])
    }

    /// A kill may have cut the last line off: it goes, so that every line is an object.
    private static func goBehindLastLine(_ handle: FileHandle) throws {
        var end = try handle.seekToEnd()
        while end > 0 {
            let start = end - min(end, 64 * 1024)
            try handle.seek(toOffset: start)
            let piece = try handle.read(upToCount: Int(end - start)) ?? Data()
            if let newline = piece.lastIndex(of: UInt8(ascii: "\n")) {
                end = start + UInt64(newline - piece.startIndex) + 1
                break
            }
            end = start
        }
        try handle.truncate(atOffset: end)
    }

    func write(_ event: String, _ fields: KeyValuePairs<String, JSONObject.Value>) {
        let head = JSONObject(["version": .number(1), "event": .text(event), "seconds": .seconds((ContinuousClock.now - began).inSeconds)])
        // An event that cannot be written (a full disk) never stops a conversion.
        try? handle.write(contentsOf: Data((head.adding(JSONObject(fields)).line + "\n").utf8))
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
        case .wentOn(let rows): write("went_on", ["rows": .number(rows)])
        case .warning(let text, let table): write("warning", ["warning": .text(text), "table": .text(table?.description)])
        }
    }

    func progress(_ progress: ConversionProgress) {
        write("progress", [
            "table": .text(progress.table?.description), "input_bytes": .number(progress.inputBytes), "rows": .number(progress.rows),
            "output_bytes": .number(progress.outputBytes),
        ])
    }

    func end(_ report: ConversionReport) {
        write("complete", [
            "tables": .number(report.tables.count), "rows": .number(report.rows), "rejected": .number(report.rejected),
            "input_bytes": .number(report.inputBytes), "output_bytes": .number(report.bytes),
        ])
    }

    func end(_ failure: any Error) { write("failed", ["error": .text("\(failure)")]) }
}
