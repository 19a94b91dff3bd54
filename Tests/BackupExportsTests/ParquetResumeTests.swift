import BackupExports
import BackupLake
import Foundation
import Synchronization
import TestSupport
import Testing

/// A conversion of Parquet that was stopped resumes at a row, whether the file is read by ranges or was spilled.
@Suite struct ParquetResumeTests {
    private static let rows = 60_000
    private static let file = Files.root + "/Tests/ParquetFiles/many.parquet"

    private func convert(
        _ export: BackupExport, to folder: String, resumes: Bool = false, stopAt: Int = .max
    ) async throws -> [ConversionEvent] {
        var files = FolderSink.Options(), conversion = ConversionOptions()
        files.existing = resumes ? .resume : .refuse
        conversion.checkpointInterval = .zero
        let events = Mutex<[ConversionEvent]>([]), options = conversion, sinkOptions = files
        let stop = Mutex<Task<Void, any Error>?>(nil)
        let task = Task {
            _ = try await export.convert(
                toFolder: folder, files: sinkOptions, conversion: options,
                progress: { progress in if progress.rows >= stopAt { stop.withLock { $0?.cancel() } } },
                events: { event in events.withLock { $0.append(event) } })
        }
        stop.withLock { $0 = task }
        try await task.value
        return events.withLock { $0 }
    }

    @Test(arguments: ["many.parquet", "many.tar.zst"])
    func itResumesWhereItWasStopped(name: String) async throws {
        let scratch = try Scratch(), bytes = try Files.bytes(Self.file)
        try scratch.write("in/many.parquet", bytes)
        if name.hasSuffix(".zst") {
            let packed = ["tar", "--zstd", "-cf", scratch.place(name), "-C", scratch.place("in"), "many.parquet"]
            #expect(try Program.run(packed).status == 0)
        } else {
            try scratch.write(name, bytes)
        }
        let export = BackupExport(path: scratch.place(name))
        _ = try await convert(export, to: scratch.place("whole"))
        let parts = Files.below(scratch.place("whole")).filter { $0.hasSuffix(".ndjson") }
        #expect(parts.count == 1)
        let whole = try Files.text(scratch.place("whole/" + parts[0]))
        #expect(whole == (0 ..< Self.rows).map { "{\"n\":\($0),\"word\":\"w\($0 % 7)\"}\n" }.joined())
        await #expect(throws: CancellationError.self) {
            _ = try await convert(export, to: scratch.place("out"), stopAt: Self.rows / 2)
        }
        let events = try await convert(export, to: scratch.place("out"), resumes: true)
        let before = events.compactMap { if case .resumed(let rows) = $0 { rows } else { nil } }
        #expect(before.count == 1 && before[0] > 0 && before[0] < Self.rows)
        #expect(try Files.text(scratch.place("out/" + parts[0])) == whole)
    }
}
