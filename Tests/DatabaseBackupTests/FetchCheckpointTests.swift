import Testing

@testable import DatabaseBackup
@testable import ObjectStores

@Suite struct FetchCheckpointTests {
    private let checkpoint = FetchCheckpoint(
        origin: "task dt-1", identity: ObjectIdentity(size: 100 << 20, etag: "\"E 1\"", checksum: .max), splitInto: 3)

    @Test func whatIsWrittenCanBeRead() {
        #expect(FetchCheckpoint(parsing: checkpoint.text) == checkpoint)
        let plain = FetchCheckpoint(
            origin: "link https://h/a", identity: ObjectIdentity(size: 0, etag: nil, checksum: nil), splitInto: 1)
        #expect(FetchCheckpoint(parsing: plain.text) == plain)
    }

    @Test func rangesCoverTheObjectEachAtLeast16MiB() {
        #expect(checkpoint.ranges.count == 3 && checkpoint.ranges.last?.end == 100 << 20)
        let small = FetchCheckpoint(
            origin: "", identity: ObjectIdentity(size: 20 << 20, etag: nil, checksum: nil), splitInto: 8)
        #expect(small.ranges.count == 1)
    }

    @Test func theLineOfARangeIsWrittenOver() {
        var later = checkpoint
        later.ranges[1].next += 12_345
        let (offset, line) = later.record(ofRange: 1)
        var bytes = Array(checkpoint.text.utf8)
        bytes.replaceSubrange(offset ..< (offset + line.utf8.count), with: line.utf8)
        #expect(FetchCheckpoint(parsing: String(decoding: bytes, as: UTF8.self)) == later)
    }

    @Test func aTextThatWasCutAnywhereIsNoCheckpoint() {
        for length in 0 ..< checkpoint.text.count {
            #expect(FetchCheckpoint(parsing: String(checkpoint.text.prefix(length))) == nil)
        }
    }
}
