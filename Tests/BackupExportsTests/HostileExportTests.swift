import BackupExports
import TestSupport
import Testing

/// Whole exports with bytes changed anywhere: an ExportError that says where, or lines that are JSON. Never a crash,
/// never a hang.
@Suite struct HostileExportTests {
    private func convert(_ bytes: [UInt8], _ random: inout SeededRandom) async throws -> CollectingSink {
        let scratch = try Scratch(), sink = CollectingSink()
        var conversion = ConversionOptions()
        conversion.rejects = .file(scratch.place("rejects"), limit: nil)
        do {
            _ = try await BackupExport(
                source: BytesSource(bytes, chunk: Int.random(in: 1 ... 4000, using: &random)), name: "export"
            ).convert(into: sink, conversion: conversion)
            #expect(sink.events.last == "commit")
        } catch let error as ExportError {
            #expect(!error.why.isEmpty)
            #expect(!sink.events.contains("commit"))
        }
        #expect(JSONLines.fault(in: try Files.bytes(scratch.place("rejects"))) == nil)
        return sink
    }

    @Test(.timeLimit(.minutes(2)), arguments: [UInt64](1 ... 4))
    func changedTrees(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let tree = [SampleExport.tar, SampleExport.tarWithLateStructures, Self.postgres][Int(seed) % 3]
        for round in 0 ..< Effort.rounds(120) {
            var bytes = tree
            for _ in 0 ..< Int.random(in: 1 ... 6, using: &random) {
                bytes[Int.random(in: 0 ..< bytes.count, using: &random)] =
                    Array("'\"`\\;(),\n\u{0}0/ex".utf8 + [0xFF]).randomElement(using: &random) ?? 0
            }
            if round % 5 == 0 { bytes.removeLast(Int.random(in: 0 ..< bytes.count, using: &random)) }
            let sink = try await convert(bytes, &random)
            for (table, lines) in sink.lines { #expect(JSONLines.fault(in: lines) == nil, "\(table)") }
        }
    }

    private static let postgres = TarWriter.archive([
        (
            "shop/public/t/column_structure.sql",
            "CREATE TABLE public.t (id integer, a text[], j jsonb, b boolean, y bytea, n numeric);\n"
        ),
        (
            "shop/public/t/data/1.csv",
            "1,\"{a,\"\"b c\"\",NULL}\",\"{\"\"k\"\": [1, 2.50]}\",t,\\x00ff,NaN\n2,,,f,\"\",1.10\n"
        ),
        (
            "dump.sql",
            "-- PostgreSQL database dump\nCREATE TABLE public.d (a integer);\nCOPY public.d (a) FROM stdin;\n1\n\\.\n"
                + "-- PostgreSQL database dump complete\n"
        ),
    ])

    /// Bytes of no format at all.
    @Test(.timeLimit(.minutes(2))) func noise() async throws {
        var random = SeededRandom(seed: 99)
        let magics: [[UInt8]] = [
            [], [0x1F, 0x8B, 8], [0x28, 0xB5, 0x2F, 0xFD], Array("PK\u{3}\u{4}".utf8), Array("BZh9".utf8),
            [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], [0x04, 0x22, 0x4D, 0x18], Array("7z".utf8) + [0xBC, 0xAF, 0x27, 0x1C],
        ]
        for round in 0 ..< Effort.rounds(160) {
            let bytes =
                magics[round % magics.count]
                + (0 ..< Int.random(in: 0 ... 700, using: &random)).map { _ in
                    UInt8.random(in: 0 ... 255, using: &random)
                }
            let sink = try await convert(bytes, &random)
            for lines in sink.lines.values { #expect(JSONLines.fault(in: lines) == nil) }
        }
    }
}
