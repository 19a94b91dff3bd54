import BackupExports
import BackupLake
import TestSupport
import Testing

/// A sink of one's own is given whole lines, and nothing else.
@Suite struct OwnSinkTests {
    private func export() -> BackupExport { BackupExport(source: BytesSource(SampleExport.tar), name: "shop.tar") }

    @Test func everyPieceIsWholeLines() async throws {
        let sink = PieceSink()
        let report = try await export().convert(into: sink)
        #expect(!sink.pieces.isEmpty && sink.pieces.reduce(0) { $0 + $1.rows } == report.rows)
        for (bytes, rows) in sink.pieces {
            #expect(bytes.last == 0x0A && bytes.count { $0 == 0x0A } == rows)
            #expect(JSONLines.fault(in: bytes) == nil)
        }
    }

    /// It would be given members of gzip, and take them for lines.
    @Test(arguments: [Compression.gzip, .zstd])
    func aCompressionIsRefused(compression: Compression) async throws {
        var conversion = ConversionOptions()
        conversion.compression = compression
        let sink = PieceSink(), options = conversion
        let error = await #expect(throws: ExportError.self) {
            try await export().convert(into: sink, conversion: options)
        }
        #expect(error?.code == .badOption)
        #expect(sink.pieces.isEmpty)
    }

    private final class PieceSink: RowSink, @unchecked Sendable {
        private(set) var pieces: [(bytes: [UInt8], rows: Int)] = []
        func begin(_ table: TableName, columns: [OutputColumn]) {}
        func write(_ lines: UnsafeRawBufferPointer, rows: Int, of table: TableName) {
            pieces.append((Array(lines), rows))
        }
    }
}
