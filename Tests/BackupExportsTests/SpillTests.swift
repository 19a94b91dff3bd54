import BackupExports
import BackupLake
import TestSupport
import Testing

/// Data before its structure: from a pipe it waits on disk, bounded, and the report says so.
@Suite struct SpillTests {
    private func lines(
        _ source: sending any ByteSource, _ options: ExportOptions = ExportOptions()
    ) async throws -> (CollectingSink, ConversionReport) {
        let sink = CollectingSink()
        let report = try await BackupExport(source: source, name: "shop.tar", options: options).convert(into: sink)
        return (sink, report)
    }

    @Test func structuresAfterTheDataGiveTheSameLines() async throws {
        let (early, first) = try await lines(BytesSource(SampleExport.tar))
        let (late, second) = try await lines(BytesSource(SampleExport.tarWithLateStructures, chunk: 700))
        #expect(early.lines == late.lines)
        #expect(first.spill.parts == 0)
        #expect(second.spill.parts == 3)
        #expect(second.spill.bytes == SampleExport.part(1 ... 200).utf8.count + 15)
        #expect(second.spill.compressedBytes == second.spill.bytes)
    }

    @Test func whatDoesNotFitWaitsCompressed() async throws {
        var options = ExportOptions()
        options.limits.spill = 64 * 100
        let (sink, report) = try await lines(BytesSource(SampleExport.tarWithLateStructures), options)
        #expect(sink.rows == ["shop.orders": 200, "shop.people": 2])
        #expect(report.spill.compressedBytes > 0 && report.spill.compressedBytes < report.spill.bytes)
    }

    @Test func aFileIsReadAheadInstead() async throws {
        let scratch = try Scratch(), path = try scratch.write("shop.tar", SampleExport.tarWithLateStructures),
            sink = CollectingSink()
        let report = try await BackupExport(path: path).convert(into: sink)
        #expect(report.spill.parts == 0)
        #expect(sink.rows == ["shop.orders": 200, "shop.people": 2])
    }

    @Test func theSpillFileHasALimitWithAName() async throws {
        var options = ExportOptions()
        options.limits.spill = 100
        let error = await #expect(throws: ExportError.self) {
            try await lines(BytesSource(SampleExport.tarWithLateStructures), options)
        }
        #expect(error?.code == .overLimit)
        #expect(error?.remedy?.settings == [.spillLimit])
    }

    @Test func nothingOfItIsLeftInItsFolder() async throws {
        let scratch = try Scratch()
        var options = ExportOptions()
        options.spillFolder = scratch.path
        _ = try await lines(BytesSource(SampleExport.tarWithLateStructures), options)
        #expect(Files.names(in: scratch.path).isEmpty)
    }
}
