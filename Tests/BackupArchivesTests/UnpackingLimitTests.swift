import BackupArchives
import BackupBytes
import TestSupport
import Testing

/// What grows out of few bytes has bounds, each with its name.
@Suite struct UnpackingLimitTests {
    /// Reads everything; the number of files and their bytes.
    private func walk(
        _ bytes: [UInt8], name: String = "t.tar", _ change: (inout UnpackingLimits) -> Void = { _ in }
    ) throws -> (files: Int, bytes: Int) {
        var limits = UnpackingLimits()
        change(&limits)
        let entries = Unpacking(BytesSource(bytes), name: name, limits: limits, readsAhead: nil)
        var files = 0, sum = 0
        let slab = Slab()
        while let entry = try entries.next() {
            guard case .file(_, let source) = entry.content else { continue }
            files += 1
            while case let count = try source.read(into: slab.room), count > 0 { sum += count }
        }
        return (files, sum)
    }

    @Test func entriesAreCountedThroughAllArchives() throws {
        let inner = TarWriter.archive([("a.csv", "1"), ("b.csv", "2")])
        var tar = TarWriter()
        tar.add("inner.tar", inner)
        tar.add("link", type: "2", link: "x")
        tar.add("c.csv", "3")
        tar.end()
        #expect(try walk(tar.bytes) { $0.entries = 5 }.files == 3)
        #expect(throws: ArchiveFault.overLimit(.entries, 4)) { try walk(tar.bytes) { $0.entries = 4 } }
    }

    @Test(.timeLimit(.minutes(2))) func aGibibyteMayComeOutOfAnythingAndMoreOfAFairNumberOfBytes() throws {
        let piece = try Packing.gzip([UInt8](repeating: 0x0A, count: 1 << 26), level: 9)
        let packed = [[UInt8]](repeating: piece, count: 17).flatMap(\.self)
        #expect(try walk(packed, name: "t.csv").bytes == 17 << 26)
        #expect(throws: ArchiveFault.overLimit(.expansion, 900)) {
            try walk(packed, name: "t.csv") { $0.expansion = 900 }
        }
        // The floor holds whatever the ratio.
        #expect(try walk(Array(packed.prefix(piece.count * 16)), name: "t.csv") { $0.expansion = 1 }.bytes == 16 << 26)
    }

    @Test func layersOfOneFilterCountEach() throws {
        var bytes = Array("a,b\n".utf8)
        for _ in 0 ..< 6 { bytes = try Packing.xz(bytes) }
        #expect(try walk(bytes).files == 1)
        #expect(throws: ArchiveFault.overLimit(.layers, 6)) { try walk(try Packing.xz(bytes)) }
    }
}
