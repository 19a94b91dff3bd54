import BackupExports
import BackupLake
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

/// A run that was stopped resumes from its last checkpoint, and only the same run does.
@Suite struct ResumeTests {
    private static let rows = 60_000

    private func export(_ scratch: Scratch) throws -> BackupExport {
        let text = (0 ..< Self.rows).map { "\($0),\"line\n\($0)\",x\n" }.joined()
        return BackupExport(path: try scratch.write("rows.csv", Array(text.utf8)))
    }

    private func convert(
        _ export: BackupExport, to folder: String, resumes: Bool = false, stopAt: Int = .max, log: Notes = Notes(),
        change: (inout ConversionOptions) -> Void = { _ in }
    ) async throws -> [ConversionEvent] {
        var files = FolderSink.Options(), conversion = ConversionOptions()
        files.existing = resumes ? .resume : .refuse
        conversion.checkpointInterval = .zero
        conversion.logger = Logger(label: "test") { _ in log }
        change(&conversion)
        let events = Mutex<[ConversionEvent]>([]), options = conversion, sinkOptions = files
        let stop = Stop()
        let task = Task {
            try await export.convert(
                toFolder: folder, files: sinkOptions, conversion: options,
                progress: { if $0.rows >= stopAt { stop.now() } },
                events: { event in events.withLock { $0.append(event) } })
        }
        stop.task.withLock { $0 = task }
        _ = try await task.value
        return events.withLock { $0 }
    }

    @Test func fromTheLastCheckpoint() async throws {
        let scratch = try Scratch(), export = try export(scratch), log = Notes()
        _ = try await convert(export, to: scratch.place("whole"))
        await #expect(throws: CancellationError.self) {
            try await convert(export, to: scratch.place("out"), stopAt: Self.rows / 2)
        }
        let events = try await convert(export, to: scratch.place("out"), resumes: true, log: log)
        let before = events.compactMap { if case .resumed(let rows) = $0 { rows } else { nil } }
        #expect(before.count == 1 && before[0] > 0 && before[0] < Self.rows)
        let checkpoints = events.compactMap { if case .checkpoint(let rows) = $0 { rows } else { nil } }
        #expect(!checkpoints.isEmpty && checkpoints.allSatisfy { $0 > before[0] })
        #expect(log.lines.contains("resumed an earlier run") && log.lines.contains("converted"))
        #expect(
            try Files.bytes(scratch.place("out/rows/part-00000.ndjson"))
                == Files.bytes(scratch.place("whole/rows/part-00000.ndjson")))
        #expect(!FileManager.default.fileExists(atPath: scratch.place("out/.sluice.work")))
    }

    @Test func notByAnotherRun() async throws {
        let scratch = try Scratch(), export = try export(scratch), out = scratch.place("out")
        await #expect(throws: CancellationError.self) { try await convert(export, to: out, stopAt: Self.rows / 2) }
        func refusal(_ export: BackupExport, _ change: (inout ConversionOptions) -> Void = { _ in }) async -> String {
            do { _ = try await convert(export, to: out, resumes: true, change: change) } catch { return "\(error)" }
            return "none"
        }
        #expect(await refusal(export) { $0.compression = .gzip }.contains("it was begun with other options"))
        var typed = export
        typed.options.values.types = .text
        #expect(await refusal(typed).contains("it was begun with other options"))
        _ = try scratch.write("rows.csv", Array("1,2,3\n".utf8))
        #expect(await refusal(export).contains("its input was another one, or has changed"))
    }

    @Test func notWhenItIsFinished() async throws {
        let scratch = try Scratch(), export = try export(scratch), out = scratch.place("out")
        _ = try await convert(export, to: out)
        await #expect { try await convert(export, to: out, resumes: true) } throws: { "\($0)".contains("is finished") }
    }

    /// A kill between `_SUCCESS` and the end of the process leaves notes for a run that nobody needs any more.
    @Test(arguments: [true, false])
    func whatIsLeftBesideAFinishedOutputGoesWithTheNextRun(resumes: Bool) async throws {
        let scratch = try Scratch(), export = try export(scratch), out = scratch.place("out")
        _ = try await convert(export, to: out)
        let whole = Files.below(out)
        for name in [".sluice.work/checkpoint", ".sluice.work/tables", ".sluice.run"] {
            try scratch.write("out/" + name, [UInt8]())
        }
        await #expect(throws: ExportError.self) { try await convert(export, to: out, resumes: resumes) }
        #expect(Files.below(out) == whole)
        #expect(!FileManager.default.fileExists(atPath: out + "/.sluice.work"))
    }

    /// Cancels its task, as soon as there is one.
    private final class Stop: Sendable {
        let task = Mutex<Task<ConversionReport, any Error>?>(nil)
        func now() { task.withLock { $0?.cancel() } }
    }
}

/// What was logged.
final class Notes: LogHandler, Sendable {
    private let said = Mutex<[String]>([])
    var lines: [String] { said.withLock { $0 } }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) { said.withLock { $0.append("\(event.message)") } }
}
