import CCharsetTables
import TestSupport
import Testing

/// The decoder of whole runs against the plain one, a character at a time: bytes, what was read, how it ended.
@Suite struct CharsetDecodingTests {
    struct Table: CustomTestStringConvertible, Sendable {
        var family: bk_charset_family
        var key: String
        var testDescription: String { (family == BK_CHARSET_MYSQL ? "MySQL " : "PostgreSQL ") + key }
    }

    static let tables =
        [
            "armscii8", "ascii", "big5", "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp932", "eucjpms", "euckr",
            "gb18030", "gb2312", "gbk", "geostd8", "greek", "hebrew", "hp8", "koi8u", "latin1", "latin7", "macroman",
            "sjis", "swe7", "tis620", "ujis",
        ].map { Table(family: BK_CHARSET_MYSQL, key: $0) }
        + [
            "eucjp", "eucjis2004", "euctw", "gb18030", "big5", "johab", "latin1", "latin8", "shiftjis2004", "sjis",
            "uhc", "win1252", "win1258",
        ].map { Table(family: BK_CHARSET_POSTGRESQL, key: $0) }

    /// What one of the decoders makes of the bytes, which end where their memory ends.
    private func decoded(
        _ bytes: ArraySlice<UInt8>,
        _ decode: (UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt8>) -> bk_charset_result
    ) -> [Int] {
        let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        let room = bytes.count * Int(BK_CHARSET_GROWTH) + Int(BK_CHARSET_SLACK)
        let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: room)
        defer {
            input.deallocate()
            output.deallocate()
        }
        _ = input.initialize(from: bytes)
        guard let from = input.baseAddress, let to = output.baseAddress else { return [] }
        let result = decode(from, bytes.count, to)
        return [result.read, Int(result.status.rawValue)] + output[..<result.written].map(Int.init)
    }

    private func expectSame(_ table: Table, _ charset: OpaquePointer, _ bytes: ArraySlice<UInt8>) {
        let plain = decoded(bytes) { bk_charset_decode_plain(charset, $0, $1, $2) }
        let fast = decoded(bytes) { bk_charset_decode(charset, $0, $1, $2) }
        if plain != fast { #expect(plain == fast, "\(table.testDescription): \(bytes)") }
    }

    @Test(arguments: tables)
    func everyBeginningOfACharacterAloneAndAmongOthersBecomesTheSame(table: Table) throws {
        let charset = try #require(bk_charset_named(table.family, table.key))
        for first in UInt8.min ... .max {
            for second in UInt8.min ... .max where second % 3 == first % 3 || second > 0xF0 {
                var bytes = [UInt8](repeating: 0x61, count: 90)
                let at = Int(second) % 67
                (bytes[at], bytes[at + 1]) = (first, second)
                expectSame(table, charset, bytes[at ..< at + 2])
                expectSame(table, charset, bytes[..<(at + 2)])
                expectSame(table, charset, bytes[...])
            }
        }
    }

    @Test(arguments: tables)
    func randomTextAndRandomBytesBecomeTheSameWhereverTheyEnd(table: Table) throws {
        let charset = try #require(bk_charset_named(table.family, table.key))
        var random = SeededRandom(seed: 31)
        for _ in 0 ..< Effort.rounds(1500) {
            let length = Int.random(in: 0 ... 200, using: &random), kind = Int.random(in: 0 ... 3, using: &random)
            let bytes = (0 ..< length).map { index -> UInt8 in
                switch kind {
                case 0: UInt8.random(in: .min ... .max, using: &random)
                case 1: UInt8.random(in: index % 9 == 0 ? 0x80 ... 0xFF : 0x20 ... 0x7E, using: &random)
                case 2: UInt8.random(in: 0xA1 ... 0xFE, using: &random)
                default: UInt8.random(in: index % 2 == 0 ? 0x81 ... 0xFE : 0x30 ... 0xFE, using: &random)
                }
            }
            expectSame(table, charset, bytes[...])
        }
    }
}
