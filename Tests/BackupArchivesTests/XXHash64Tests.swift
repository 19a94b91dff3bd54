import Foundation
import TestSupport
import Testing

@testable import BackupArchives

/// XXH64 against its specification's values and against the checksums that the `zstd` command writes.
@Suite struct XXHash64Tests {
    private func digest(_ bytes: [UInt8], chunk: Int = .max) -> UInt64 {
        var hash = XXHash64(), rest = bytes[...]
        while !rest.isEmpty {
            rest.prefix(chunk).withUnsafeBytes { hash.update($0) }
            rest = rest.dropFirst(chunk)
        }
        return hash.digest
    }

    @Test func knownValues() {
        #expect(digest([]) == 0xEF46_DB37_51D8_E999)
        #expect(digest(Array("a".utf8)) == 0xD24E_C4F1_A98C_6E5B)
        #expect(digest(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    }

    /// RFC 8878, 3.1.1: the low four bytes lie after the last block.
    @Test(arguments: [1, 3, 4, 7, 8, 12, 31, 32, 33, 63, 64, 100, 1000])
    func asZstdWritesIt(count: Int) throws {
        var random = SeededRandom(seed: UInt64(count))
        let bytes = (0 ..< count).map { _ in UInt8.random(in: 0 ... 255, using: &random) }
        let stated = try Packing.zstd(bytes).suffix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        for chunk in [1, 5, 31, 32, 33, .max] {
            #expect(UInt32(truncatingIfNeeded: digest(bytes, chunk: chunk)) == stated)
        }
    }

    @Test(arguments: [0, 1, 31, 32, 33, 63, 64, 95])
    func aSavedStateIsCarriedOn(count: Int) throws {
        let bytes = (0 ..< 200).map { UInt8($0) }
        var first = XXHash64()
        bytes[..<count].withUnsafeBytes { first.update($0) }
        var second = try JSONDecoder().decode(XXHash64.self, from: JSONEncoder().encode(first))
        #expect(second.digest == digest(Array(bytes[..<count])))
        bytes[count...].withUnsafeBytes { second.update($0) }
        #expect(second.digest == digest(bytes))
    }

    /// As it was written before libxxhash computed it: 33 bytes.
    @Test func theSavedFormIsThatOfTheAlgorithm() throws {
        var hash = XXHash64()
        [UInt8](repeating: 0, count: 33).withUnsafeBytes { hash.update($0) }
        let saved = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(hash)) as? [String: Any])
        #expect(Set(saved.keys) == ["a", "b", "c", "d", "count", "tail"])
        #expect(saved["count"] as? Int == 33 && saved["tail"] as? [Int] == [0])
    }

    @Test(arguments: [(3, 2), (3, 4), (32, 32), (31, 64)])
    func aForgedStateIsRefused(count: Int, tail: Int) {
        let forged =
            "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"count\":\(count),\"tail\":\([UInt8](repeating: 0, count: tail))}"
        #expect(throws: (any Error).self) { try JSONDecoder().decode(XXHash64.self, from: Data(forged.utf8)) }
    }
}
