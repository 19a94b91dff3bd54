import BackupArchives
import Testing

/// What a file is, by its first bytes: values.md, rule 31.
@Suite struct ContentKindTests {
    private func kind(_ bytes: [UInt8]) -> ContentKind {
        bytes.withUnsafeBytes { ContentKind(firstBytes: .init(rebasing: $0.prefix(1024))) }
    }

    private func document(_ elements: [UInt8]) -> [UInt8] {
        let length = UInt32(elements.count + 5)
        return (0 ..< 4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + elements + [0]
    }

    private func string(_ name: String, _ value: String) -> [UInt8] {
        let length = UInt32(value.utf8.count + 1)
        return [2] + Array(name.utf8) + [0] + (0 ..< 4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
            + Array(value.utf8) + [0]
    }

    @Test func documentsOfBSON() {
        let small = document(string("name", "x")),
            nested = document([3, 0x64, 0] + document([]) + [8, 0x62, 0, 1] + [0x0A, 0x6E, 0])
        #expect(kind(small) == .bsonDocuments)
        #expect(kind(nested) == .bsonDocuments)
        #expect(kind(document(string("body", String(repeating: "z", count: 5000)))) == .bsonDocuments)
        #expect(kind(Array(repeating: small + nested, count: 99).flatMap { $0 }) == .bsonDocuments)
    }

    @Test func whatOnlyBeginsLikeBSONIsNone() {
        #expect(kind(Array("5,a\n".utf8)) == .text)
        #expect(kind([0xFF, 0xFE, 0x31, 0, 0x09, 0, 0x32, 0, 0x0A, 0]) == .text)
        #expect(kind([12, 0, 0, 0, 0x22, 0x61, 0, 1, 2, 3, 4, 0, 0xFF]) == .unknownBinary)
        #expect(kind(document(string("a", "b")).dropLast() + [1, 0xFF]) == .unknownBinary)
    }

    @Test func programsAndTextInUTF32() {
        #expect(kind(Array("MZ".utf8) + [UInt8](repeating: 0, count: 80)) == .program)
        #expect(kind(Array("MZ,1\n".utf8)) == .text)
        #expect(kind(Array("#!/bin/sh\n".utf8)) == .program)
        #expect(kind(Array("#,a\n".utf8)) == .text)
        #expect(kind([0xFF, 0xFE, 0, 0, 0x31, 0, 0, 0]) == .utf32)
        #expect(kind([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x31]) == .utf32)
    }

    @Test func aZipAfterSomething() {
        let entry: [UInt8] =
            [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0] + [UInt8](repeating: 7, count: 16) + [5, 0, 0, 0]
            + Array("t.csvxxxx".utf8)
        func holds(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { ContentKind.holdsZip($0) } }
        #expect(holds(Array("stub PK\n".utf8) + entry))
        #expect(!holds(entry))  // at the front it is no stub
        #expect(
            !holds(
                Array("INSERT INTO t VALUES ('PK\u{3}\u{4}\\0\\0, text');".utf8) + [UInt8](repeating: 0x20, count: 40)))
    }
}
