import BackupExports
import BackupLake
import Foundation
import TestSupport
import Testing

/// A stream is compressed as a folder's files are, and holds the same lines.
@Suite struct StreamSinkTests {
    @Test func aCompressedStreamHoldsThePlainLines() async throws {
        let plain = try await stream(.none)
        #expect(!plain.isEmpty && JSONLines.fault(in: plain) == nil)
        #expect(try await Packing.gunzip(stream(.gzip)) == plain)
        #expect(try await Packing.unzstd(stream(.zstd)) == plain)
    }

    private func stream(_ compression: Compression) async throws -> [UInt8] {
        let scratch = try Scratch(), path = try scratch.write("stream", [])
        let file = try #require(FileHandle(forWritingAtPath: path))
        var conversion = ConversionOptions()
        conversion.compression = compression
        _ = try await BackupExport(source: BytesSource(SampleExport.tar), name: "shop.tar").convert(
            into: StreamSink(descriptor: file.fileDescriptor, allowsManyTables: true), conversion: conversion)
        try file.close()
        return try Files.bytes(path)
    }
}
