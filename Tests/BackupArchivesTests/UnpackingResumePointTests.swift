import BackupArchives
import BackupBytes
import Foundation
import TestSupport
import Testing

/// An unpacking resumes the short way, whatever layers lie around the file: the rest of the file, and what
/// follows it.
@Suite struct UnpackingResumePointTests {
    /// Does not pack well, so that a point late in the file lies late in the packed bytes as well.
    private static let rows: [UInt8] = {
        var random = SeededRandom(seed: 21)
        return Array((0 ..< 800_000).map { "\($0),\(UInt64.random(in: 0 ... .max, using: &random))\n" }.joined().utf8)
    }()

    @Test(arguments: ["gzip", "zstd", "none"], ["gzip", "zstd", "none"])
    func fromLateInAFile(outer: String, inner: String) throws {
        func packed(_ bytes: [UInt8], _ layer: String) throws -> [UInt8] {
            layer == "none" ? bytes : try Packing.through([layer, "-1", "-c"], bytes)
        }
        var tar = TarWriter()
        tar.add("a.csv", "1")
        tar.add("rows.csv", try packed(Self.rows, inner))
        tar.add("z.csv", "2")
        tar.end()
        // Packed bytes are too few for the outer layer to have points late in them.
        try resume(with: packed(tar.bytes, outer), isInTar: true, isLate: outer == "none" || inner == "none")
        if inner == "none" { try resume(with: packed(Self.rows, outer), isInTar: false, isLate: true) }
    }

    private func resume(with input: [UInt8], isInTar: Bool, isLate: Bool) throws {
        let entries = Unpacking(BytesSource(input), name: "input", resumeFolder: NSTemporaryDirectory()),
            offset = Self.rows.count - 1_000_000
        if isInTar { _ = try nextFile(entries) }
        let file = try #require(try nextFile(entries))
        #expect(try file.advance(from: 0, to: offset))
        let point = try JSONDecoder().decode(
            UnpackingResumePoint.self, from: JSONEncoder().encode(entries.resumePoint(offset: offset)))
        let shortcut = try #require(point.shortcut)
        if isLate { #expect(shortcut.input > input.count / 2) }
        let (rest, entry) = try Unpacking.resume(
            at: point, by: shortcut, BytesSource(Array(input[shortcut.input...])), from: shortcut.input, name: "input",
            limits: UnpackingLimits(),
            resumeFolder: NSTemporaryDirectory())
        guard case .file(.text, let source) = entry.content else { return #expect(Bool(false), "not a file") }
        #expect(try Reading.all(source) == Array(Self.rows[offset...]))
        if isInTar { #expect(try nextFile(rest).map { try Reading.all($0) } == Array("2".utf8)) }
        #expect(try nextFile(rest) == nil)
    }

    private func nextFile(_ entries: Unpacking) throws -> (any ByteSource)? {
        while let entry = try entries.next() { if case .file(_, let source) = entry.content { return source } }
        return nil
    }
}
