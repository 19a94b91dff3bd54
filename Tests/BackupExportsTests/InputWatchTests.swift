import BackupExports
import BackupLake
import Foundation
import Synchronization
import TestSupport
import Testing

/// An input that is another one at the end than it was while it was read makes no complete run.
@Suite struct InputWatchTests {
    /// Long enough that its reader is not at its end when the first rows are there.
    private static let rows = Array((1 ... 700_000).map { "\($0),abcdef\n" }.joined().utf8)

    private let scratch: Scratch
    private let file: String

    init() throws {
        scratch = try Scratch()
        file = try scratch.write("in/rows.csv", Self.rows)
    }

    enum Change: String, CaseIterable {
        case grows, shrinks, written, replaced, gone
    }

    private func make(_ change: Change, _ path: String) throws {
        switch change {
        case .grows: try append("1,more\n", to: path)
        case .shrinks: #expect(truncate(path, off_t(Self.rows.count - 14)) == 0)
        case .written:
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
        case .replaced:
            try Data(Self.rows).write(to: URL(fileURLWithPath: path + ".new"))
            #expect(try Program.run(["touch", "-r", path, path + ".new"]).status == 0)
            #expect(rename(path + ".new", path) == 0)
        case .gone: #expect(unlink(path) == 0)
        }
    }

    private func append(_ text: String, to path: String) throws {
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    /// Converts to a folder; `body` runs once when the first rows have come.
    private func convert(_ input: String, _ body: @escaping @Sendable () -> Void) async throws {
        var conversion = ConversionOptions()
        conversion.jobs = 1
        let once = Once(body)
        _ = try await BackupExport(path: input).convert(
            toFolder: scratch.place("out"), conversion: conversion,
            progress: { progress in if progress.rows > 0 { once.run() } })
    }

    private func expect(change words: String, of path: String, _ body: () async throws -> Void) async {
        let error = await #expect(throws: ExportError.self) { try await body() }
        #expect(error?.code == .inputChanged, "\(String(describing: error))")
        #expect(error?.entry == path)
        #expect(error?.why.contains(words) ?? false, "\(String(describing: error))")
        let output = Output(scratch.place("out"))
        #expect(output.signsOfCompletion.isEmpty)
        #expect(output.manifest?["complete"] as? Bool != true)
    }

    private static let words: [Change: String] = [
        .grows: "it grew from", .shrinks: "it shrank from", .written: "it was written to",
        .replaced: "another file took its name",
        .gone: "it is not there any more",
    ]

    @Test(arguments: Change.allCases) func aFile(change: Change) async throws {
        await expect(change: Self.words[change] ?? "?", of: file) {
            try await convert(file) { try? make(change, file) }
        }
    }

    @Test(arguments: Change.allCases) func aFileOfAFolder(change: Change) async throws {
        try scratch.write("in/another.csv", "1,2\n")
        await expect(change: Self.words[change] ?? "?", of: file) {
            try await convert(scratch.place("in")) { try? make(change, file) }
        }
    }

    @Test func aFileThatWasReadBeforeTheOneThatIsRead() async throws {
        let before = try scratch.write("in/before.csv", "1,2\n")
        await expect(change: "it grew from", of: before) {
            try await convert(scratch.place("in")) { try? append("3,4\n", to: before) }
        }
    }

    @Test func aFileThatComes() async throws {
        let folder = scratch.place("in")
        await expect(change: "it was not there at the beginning", of: folder + "/new.csv") {
            try await convert(folder) { [scratch] in _ = try? scratch.write("in/new.csv", "1,2\n") }
        }
    }

    @Test func aFileThatIsRenamed() async throws {
        let before = try scratch.write("in/before.csv", "1,2\n")
        await expect(change: "it is not there any more", of: before) {
            try await convert(scratch.place("in")) { #expect(rename(before, before + ".old.csv") == 0) }
        }
    }

    /// Where each file of a folder was found is the beginning, not where its turn came.
    @Test func aFileThatChangesBeforeItsTurn() async throws {
        let after = try scratch.write("in/z.csv", "1,2\n")
        await expect(change: "it grew from", of: after) {
            try await convert(scratch.place("in")) { try? append("3,4\n", to: after) }
        }
    }

    @Test func aRunOverAFolderThatChangedIsNotResumed() async throws {
        let folder = scratch.place("in"), before = try scratch.write("in/sub/before.csv", "1,2\n")
        var conversion = ConversionOptions(), files = FolderSink.Options()
        conversion.checkpointInterval = .zero
        let running = Mutex<Task<ConversionReport, any Error>?>(nil)
        let stop: @Sendable (ConversionEvent) -> Void = { event in
            guard case .checkpoint = event else { return }
            while running.withLock({ $0 == nil }) { usleep(100) }
            running.withLock { $0?.cancel() }
        }
        let task = Task { [conversion] in
            try await BackupExport(path: folder).convert(
                toFolder: scratch.place("out"), conversion: conversion, events: stop)
        }
        running.withLock { $0 = task }
        await #expect(throws: CancellationError.self) { try await task.value }
        try append("3,4\n", to: before)
        files.existing = .resume
        let error = await #expect(throws: ExportError.self) {
            _ = try await BackupExport(path: folder).convert(
                toFolder: scratch.place("out"), files: files, conversion: conversion)
        }
        #expect(error?.code == .outputExists, "\(String(describing: error))")
    }

    @Test func notesBesideTheDataMayChange() async throws {
        let log = try scratch.write("in/convert.log", "begun\n")
        try await convert(scratch.place("in")) { [scratch] in
            try? append("more\n", to: log)
            _ = try? scratch.write("in/README.md", "new\n")
        }
        #expect(Output(scratch.place("out")).isComplete)
    }

    @Test func anInputThatStaysTheSameIsRead() async throws {
        try await convert(file) {}
        #expect(Output(scratch.place("out")).isComplete)
    }

    @Test func tablesAreReportedToo() async throws {
        await expect(change: "it grew from", of: file) {
            for try await table in BackupExport(path: file).tables() {
                var rows = 0
                for try await _ in table.batches {
                    rows += 1
                    if rows == 1 { try append("1,more\n", to: file) }
                }
            }
        }
    }

    /// What is wrong with a file that changes comes of that.
    @Test func theChangeIsNamedBeforeTheDamageThatItMakes() async throws {
        let packed = try scratch.write("rows.csv.gz", try Packing.gzip(Self.rows))
        let half = try Files.bytes(packed).count / 2
        await expect(change: "it shrank from", of: packed) {
            try await convert(packed) { #expect(truncate(packed, off_t(half)) == 0) }
        }
    }

    private final class Once: @unchecked Sendable {
        private var body: (@Sendable () -> Void)?
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        func run() {
            body?()
            body = nil
        }
    }
}
