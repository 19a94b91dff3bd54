import Foundation
import TestSupport
import Testing

@testable import BackupRows
@testable import BackupText

/// Law 3 for values: UTF-8, JSON and PostgreSQL's arrays against Foundation, and against what they were made from.
@Suite struct ValueOracleTests {
    /// Replaced text is what Swift's own decoder makes of it, one U+FFFD for each malformed piece.
    @Test func invalidUTF8IsReplacedAsEverybodyDoes() throws {
        var random = SeededRandom(seed: 21), dialect = CSVDialect(), options = ValueOptions()
        dialect.quote = nil
        dialect.newline = .lf
        options.invalidUTF8 = .replace
        let alphabet: [UInt8] = [
            0x61, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEE, 0xEF, 0xF0,
            0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        for _ in 0 ..< Effort.rounds(4000) {
            let bytes = random.bytes(Int.random(in: 1 ... 40, using: &random), from: alphabet).filter {
                $0 != 0x0A && $0 != 0x2C
            }
            if bytes.isEmpty || bytes.starts(with: [0xEF, 0xBB, 0xBF]) { continue }
            let rows = try FastRows.csv(bytes, dialect, options: options)
            #expect(rows.text == "{\"c1\":\(OracleJSON.string(String(decoding: bytes, as: UTF8.self)))}\n", "\(bytes)")
            let strict = try FastRows.csv(bytes, dialect)
            #expect(strict.faults.isEmpty == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
        }
    }

    /// Embedded JSON means the same as before; what is not embedded is not JSON, or has a key twice.
    @Test func embeddedJSONMeansTheSame() throws {
        var random = SeededRandom(seed: 22)
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\u0061\"", "1", "-0", "1.50", "1e5 ", "01", "true",
            "null", " ", "\n", "\"é\\n\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "nul",
        ]
        var embedded = 0
        for round in 0 ..< Effort.rounds(6000) {
            let text =
                round % 2 == 0
                ? (0 ..< Int.random(in: 1 ... 9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
                }.joined() : document(&random, depth: 3)
            let bytes = Array(text.utf8)
            let reference =
                try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) as? NSObject
            guard let line = PreparedValue.inUse.jsonLine(bytes) else {
                let hasTwoKeys = text.components(separatedBy: "\":").count > 2 || text.contains("\\ud83d")
                #expect(reference == nil || hasTwoKeys, "\(text)")
                continue
            }
            embedded += 1
            #expect(!line.contains(0x0A))
            let again = try? JSONSerialization.jsonObject(with: Data(line), options: .fragmentsAllowed) as? NSObject
            #expect(reference != nil && again == reference, "\(text)")
        }
        #expect(embedded > 2000)
    }

    private func document(_ random: inout SeededRandom, depth: Int) -> String {
        switch Int.random(in: 0 ... (depth == 0 ? 3 : 5), using: &random) {
        case 0: return "\(Int.random(in: -99 ... 99, using: &random))"
        case 1: return "1.10"
        case 2: return "\"x\\\"\\\\\\n é\""
        case 3: return ["true", "false", "null"].randomElement(using: &random) ?? "null"
        case 4:
            return "["
                + (0 ..< Int.random(in: 0 ... 3, using: &random)).map { _ in document(&random, depth: depth - 1) }
                .joined(separator: " , ") + "]"
        default:
            let members = (0 ..< Int.random(in: 0 ... 3, using: &random)).map {
                "\"k\($0)\" : \(document(&random, depth: depth - 1))"
            }
            return "{ " + members.joined(separator: ",\n") + "}"
        }
    }

    /// Arrays written as PostgreSQL's array_out writes them.
    @Test func arraysComeBackAsTheyWere() throws {
        var random = SeededRandom(seed: 23)
        let letters = ["a", " ", ",", "{", "}", "\"", "\\", "é", "NULL", "\n", ""]
        for _ in 0 ..< Effort.rounds(2000) {
            let values: [String?] = (0 ..< Int.random(in: 0 ... 4, using: &random)).map { _ in
                Bool.random(using: &random) && Bool.random(using: &random)
                    ? nil
                    : (0 ..< Int.random(in: 0 ... 3, using: &random)).map { _ in
                        letters.randomElement(using: &random) ?? ""
                    }.joined()
            }
            let text =
                "{"
                + values.map {
                    $0.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" } ?? "NULL"
                }.joined(separator: ",") + "}"
            let json = PreparedValue.inUse.jsonArray(
                Array(text.utf8), element: element(.text(charset: nil)), hexOutput: false)
            let expected = "[" + values.map { $0.map(OracleJSON.string) ?? "null" }.joined(separator: ",") + "]"
            #expect(json.map { String(decoding: $0, as: UTF8.self) } == expected, "\(text)")
        }
    }

    private func element(_ kind: ColumnKind) -> EmitRule {
        EmitRule(for: kind, spelling: RowSpelling(), bytes: .raw, values: ValueOptions())
    }

    /// Anything at all is an array, or stays text; what is made of it is JSON.
    @Test func hostileArraysAreJSONOrText() {
        var random = SeededRandom(seed: 24)
        for _ in 0 ..< Effort.rounds(5000) {
            let text =
                Array("{".utf8) + random.bytes(Int.random(in: 0 ... 12, using: &random), from: Array("{},\"\\a1N".utf8))
                + Array("}".utf8)
            let json = PreparedValue.inUse.jsonArray(text, element: element(.integer(isBig: false)), hexOutput: false)
            guard let json else { continue }
            #expect(
                (try? JSONSerialization.jsonObject(with: Data(json))) is [Any],
                "\(String(decoding: text, as: UTF8.self))")
        }
    }
}
