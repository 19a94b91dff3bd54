import BackupExports
import BackupLake
import TestSupport
import Testing

/// Law 4: whichever read fails, the run ends in that error, nothing looks complete, and a rerun gives identical bytes.
@Suite struct FailAtNTests {
    private static let chunk = 1500

    private func undisturbed(_ bytes: [UInt8]) async throws -> (lines: [String: [UInt8]], reads: Int) {
        let scratch = try Scratch(), source = FailingSource(bytes, chunk: Self.chunk, failsAt: nil)
        _ = try await BackupExport(source: source, name: "shop.tar").convert(toFolder: scratch.place("out"))
        return (try Output(scratch.place("out")).lines(), source.reads)
    }

    @Test(arguments: ["plain", "gzip", "structures after the data"])
    func everyRead(form: String) async throws {
        let bytes =
            form == "gzip"
            ? try Packing.gzip(SampleExport.tar)
            : form == "plain" ? SampleExport.tar : SampleExport.tarWithLateStructures
        let (lines, reads) = try await undisturbed(bytes)
        #expect(reads > 2)
        let scratch = try Scratch()
        for number in 0 ..< reads {
            let folder = scratch.place("out.\(number)")
            let failing = BackupExport(
                source: FailingSource(bytes, chunk: Self.chunk, failsAt: number), name: "shop.tar")
            var files = FolderSink.Options()
            files.existing = .replace
            await #expect(throws: FailingSource.Failure.self, "read \(number)") {
                try await failing.convert(toFolder: folder, files: files)
            }
            let output = Output(folder)
            #expect(output.signsOfCompletion.isEmpty, "read \(number)")
            #expect(output.manifest?["complete"] as? Bool != true, "read \(number)")  // none, where nothing was written

            _ = try await BackupExport(source: BytesSource(bytes), name: "shop.tar").convert(
                toFolder: folder, files: files)
            let again = Output(folder)
            #expect(again.isComplete && again.hasSuccess)
            #expect(try again.lines() == lines, "rerun after read \(number)")
            #expect(!again.files.contains { $0.hasSuffix(".partial") })
        }
    }
}
