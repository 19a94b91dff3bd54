import TestSupport
import Testing

@testable import BackupRows
@testable import BackupText

/// Rows in another charset become what the same rows in UTF-8 become: the oracle is that no byte needs decoding there.
@Suite struct DecodedTextTests {
    struct Kind: CustomTestStringConvertible, Sendable {
        var charset: String
        var letters: [String]
        var testDescription: String { charset }
    }

    /// Letters that a charset has; of those with bytes of ASCII in them some hold a backslash.
    static let kinds = [
        Kind(charset: "latin1", letters: ["é", "ß", "€", "“", "ñ"]),
        Kind(charset: "cp1251", letters: ["д", "Я", "ё", "—"]),
        Kind(charset: "gbk", letters: ["啊", "中", "縗", "誠", "·"]),
        Kind(charset: "gb18030", letters: ["啊", "縗", "😀", "ḿ", "中"]),
        Kind(charset: "big5", letters: ["中", "功", "許", "蓋"]),
        Kind(charset: "cp932", letters: ["表", "ソ", "ｱ", "日", "能"]),
        Kind(charset: "sjis", letters: ["表", "ソ", "ｱ", "日"]),
        Kind(charset: "ujis", letters: ["表", "ソ", "ｱ", "日"]),
        Kind(charset: "euckr", letters: ["가", "한", "글"]),
    ]

    /// Each letter's bytes: what decodes to it.
    private func bytes(of kind: Kind) throws -> [Character: [UInt8]] {
        let charset = try #require(Charset(named: kind.charset, family: .mysql))
        var found: [Character: [UInt8]] = [:]
        let wanted = Set(kind.letters)
        for first in UInt8(0x80) ... 0xFF {
            let longer = (UInt8(0x30) ... 0xFE).map { [first, $0] }
            for bytes in [[first]] + longer {
                guard let text = try? charset.decode(bytes) else { continue }
                let letter = String(decoding: text, as: UTF8.self)
                if wanted.contains(letter) { found[Character(letter)] = found[Character(letter)] ?? bytes }
            }
        }
        found["😀"] = [0x94, 0x39, 0xFC, 0x36]
        return found
    }

    /// A value of a column, and its bytes in both charsets, as a dump escapes them: whole characters, or (`asBytes`)
    /// bytes.
    private func literal(
        _ text: String, _ letters: [Character: [UInt8]], asBytes: Bool
    ) throws -> (utf8: [UInt8], own: [UInt8]) {
        func escaped(_ bytes: [UInt8]) -> [UInt8] {
            bytes.flatMap { byte -> [UInt8] in
                switch byte {
                case 0x0A: [0x5C, UInt8(ascii: "n")]
                case 0x00: [0x5C, UInt8(ascii: "0")]
                case 0x27, 0x22, 0x5C: [0x5C, byte]
                default: [byte]
                }
            }
        }
        var utf8: [UInt8] = [0x27], own: [UInt8] = [0x27]
        for letter in text {
            utf8 += escaped(Array(String(letter).utf8))
            if letter.isASCII {
                own += escaped(Array(String(letter).utf8))
            } else {
                let bytes = try #require(letters[letter], "\(letter)")
                own += asBytes ? escaped(bytes) : bytes
            }
        }
        return (utf8 + [0x27], own + [0x27])
    }

    private func text(_ kind: Kind, _ random: inout SeededRandom) -> String {
        let others = ["a", "b", "Z", " ", "1", "'", "\\", "\n", "\"", "%", "x", "_", "\0", "c", "d", "e"]
        let length = Int.random(in: 0 ... 3, using: &random) == 0 ? 200 : 24
        let share = Int.random(in: 0 ... 4, using: &random)
        return (0 ..< Int.random(in: 0 ... length, using: &random)).map { _ in
            let isOwn = Int.random(in: 0 ... 4, using: &random) < share
            return (isOwn ? kind.letters : others).randomElement(using: &random) ?? ""
        }.joined()
    }

    /// `names`: what SET NAMES says; nil: the charset itself.
    private func dumps(_ kind: Kind, names: String?, rows: Int, seed: UInt64) throws -> (utf8: [UInt8], own: [UInt8]) {
        let letters = try bytes(of: kind)
        var random = SeededRandom(seed: seed)
        func head(_ charset: String) -> [UInt8] {
            Array(
                """
                SET NAMES \(charset);
                CREATE TABLE `t` (`id` int, `a` text CHARACTER SET \(kind.charset), `n` decimal(9,2),
                  `b` char(200) CHARACTER SET \(kind.charset), `c` blob, `d` date);
                INSERT INTO `t` VALUES 
                """.utf8)
        }
        var utf8 = head("utf8mb4"), own = head(names ?? kind.charset)
        for row in 0 ..< rows {
            let first = try literal(text(kind, &random), letters, asBytes: names == "binary")
            let second = try literal(text(kind, &random), letters, asBytes: names == "binary")
            let isNull = Int.random(in: 0 ... 5, using: &random) == 0
            func tuple(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
                Array("\(row == 0 ? "" : ",")(\(row),".utf8) + a + Array(",\(row).50,".utf8)
                    + (isNull ? Array("NULL".utf8) : b) + Array(",0xFF00,'2024-01-01')".utf8)
            }
            utf8 += tuple(first.utf8, second.utf8)
            own += tuple(first.own, second.own)
        }
        return (utf8 + Array(";\n".utf8), own + Array(";\n".utf8))
    }

    @Test(arguments: kinds)
    func iNSERTsInACharsetBecomeWhatTheyBecomeInUTF8(kind: Kind) throws {
        let (utf8, own) = try dumps(kind, names: nil, rows: 400, seed: 41)
        let expected = try FastRows.sql(utf8, .mysql)
        #expect(expected.faults.isEmpty && expected.lines.count > 20_000)
        for (slab, chunk) in [(1 << 18, Int.max), (4096, 100), (900, 7)] {
            let rows = try FastRows.sql(own, .mysql, slab: slab, chunk: chunk)
            #expect(rows.lines == expected.lines && rows.faults.isEmpty, "slab \(slab)")
        }
    }

    @Test(arguments: kinds)
    func iNSERTsOfMydumperEachColumnInItsOwnCharsetBecomeWhatTheyBecomeInUTF8(kind: Kind) throws {
        let (utf8, own) = try dumps(kind, names: "binary", rows: 400, seed: 42)
        let expected = try FastRows.sql(utf8, .mysql), rows = try FastRows.sql(own, .mysql)
        #expect(expected.faults.isEmpty && rows.faults.isEmpty)
        #expect(rows.lines == expected.lines)
    }

    /// The text is longer than the slab it is decoded from.
    @Test(arguments: kinds)
    func textThatGrows(kind: Kind) throws {
        let letters = try bytes(of: kind), letter = try #require(kind.letters.first)
        let own = try literal(String(repeating: letter, count: 900), letters, asBytes: false).own
        var dump = Array(
            "SET NAMES \(kind.charset);\nCREATE TABLE t (id int, a text, n int);\nINSERT INTO t VALUES ".utf8)
        var expected = ""
        for row in 0 ..< 700 {
            dump += Array("\(row == 0 ? "" : ",")(\(row),".utf8) + own + Array(",7)".utf8)
            expected += "{\"id\":\(row),\"a\":\"\(String(repeating: letter, count: 900))\",\"n\":7}\n"
        }
        let rows = try FastRows.sql(dump + Array(";\n".utf8), .mysql)
        #expect(rows.text == expected && rows.faults.isEmpty)
    }

    /// What is no text is replaced where the plain decoder replaces it.
    @Test(arguments: kinds)
    func bytesThatAreNoTextAreReplacedOneByOne(kind: Kind) throws {
        let charset = try #require(Charset(named: kind.charset, family: .mysql))
        var random = SeededRandom(seed: 43), dump = Array("SET NAMES binary;\nCREATE TABLE t (id int, a text ".utf8)
        dump += Array("CHARACTER SET \(kind.charset));\nINSERT INTO t VALUES ".utf8)
        var expected = ""
        for row in 0 ..< Effort.rounds(600) {
            let bytes = (0 ..< Int.random(in: 0 ... 50, using: &random)).map { _ in
                UInt8.random(in: 0x28 ... 0xFF, using: &random)
            }.filter { $0 != 0x5C }
            var count = 0
            let text = String(decoding: charset.decodeReplacing(bytes, count: &count), as: UTF8.self)
            dump += Array("\(row == 0 ? "" : ",")(\(row),'".utf8) + bytes + Array("')".utf8)
            expected += "{\"id\":\(row),\"a\":\(OracleJSON.string(text))}\n"
        }
        let rows = try FastRows.sql(dump + Array(";\n".utf8), .mysql)
        #expect(rows.text == expected && rows.faults.isEmpty)
    }
}
