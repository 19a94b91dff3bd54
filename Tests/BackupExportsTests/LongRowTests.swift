import BackupExports
import Foundation
import TestSupport
import Testing

/// Rows whose values have more bytes once they are decoded than a row may have.
@Suite struct LongRowTests {
    /// One byte a letter in latin1, two in UTF-8: 140 MB that become 280.
    private static let dump =
        Array(
            """
            -- MySQL dump 10.13
            /*!40101 SET NAMES binary */;
            CREATE TABLE `t` (`id` int, `body` longtext CHARACTER SET latin1);
            INSERT INTO `t` VALUES (1,'
            """.utf8) + [UInt8](repeating: 0xE9, count: 140_000_000) + Array("'),(2,'short');\n".utf8)

    private let export = BackupExport(source: BytesSource(dump), name: "long.sql")

    @Test func aRowThatGrowsTooLongIsAnErrorThatNamesIt() async throws {
        let error = await #expect(throws: ExportError.self) { _ = try await export.convert(into: CollectingSink()) }
        #expect(error?.why.contains("256 MiB") == true && error?.row == 1 && error?.column == "body")
    }

    @Test func theRowsAfterItCanBeHad() async throws {
        let sink = CollectingSink(), rejects = NSTemporaryDirectory() + "rejects-\(UUID()).ndjson"
        defer { try? FileManager.default.removeItem(atPath: rejects) }
        var conversion = ConversionOptions()
        conversion.rejects = .file(rejects, limit: nil)
        let report = try await export.convert(into: sink, conversion: conversion)
        #expect(report.rejected == 1 && sink.text("t") == "{\"id\":2,\"body\":\"short\"}\n")
    }
}
