import BackupRows
import TestSupport
import Testing

/// JSON and PostgreSQL's arrays as every implementation of the kernels makes them ready, beside slow obvious readers.
@Suite struct PreparedValueTests {
    private func expect(_ text: String, _ sourceLocation: SourceLocation = #_sourceLocation) {
        let bytes = Array(text.utf8), wanted = OracleJSONLine.oneLine(bytes)
        for kernels in PreparedValue.all {
            #expect(
                kernels.jsonLine(bytes) == wanted, "\(kernels.name): \(text.prefix(500))",
                sourceLocation: sourceLocation)
        }
    }

    @Test
    func jsonIsPutOnOneLineOrRefusedAsTheSlowReaderDoes() {
        var random = SeededRandom(seed: 31)
        for _ in 0 ..< Effort.rounds(3000) {
            let isWhole = Int.random(in: 0 ..< 3, using: &random) > 0
            expect(isWhole ? RandomJSON.document(&random) : RandomJSON.pieces(&random))
        }
    }

    @Test
    func aFaultAnywhereInADocumentIsFoundAsTheSlowReaderFindsIt() {
        let text = #" { "a" : [1, -2.50e+3 , true,null ], "bé\n" : {"\u00e9":"\ud83d\ude00", "c":"}{"}, "d" :""} "#
        for index in text.indices {
            for piece in ["", "\"", "\\", "{", "]", ",", "0", " ", "\n", "e", "\u{1}"] {
                expect(text.replacingCharacters(in: index ..< text.index(after: index), with: piece))
            }
            expect(String(text[..<index]))
        }
    }

    @Test(arguments: [1, 63, 64, 65, 200, 5000])
    func asManyKeysAsThereMayBeAreCompared(_ count: Int) {
        let members = (0 ..< count).map { "\"key \($0)\": {\"key \($0)\": \($0)}" }
        expect("{" + members.joined(separator: ", ") + "}")
        for twice in Set([0, count / 2, count - 1]) {
            for spelling in ["key", "\\u006bey", "k\\u0065y"] {
                let text = "{" + (members + ["\"\(spelling) \(twice)\": 1"]).joined(separator: ",") + "}"
                for kernels in PreparedValue.all {
                    #expect(kernels.jsonLine(Array(text.utf8)) == nil, "\(spelling) \(twice)")
                }
            }
        }
    }

    @Test(arguments: [999, 1000, 1001, 1002])
    func objectsAndArraysAreAThousandInsideEachOtherAndNoMore(_ depth: Int) {
        for inner in ["", "1", "{}", "[]"] {
            expect(String(repeating: "[", count: depth) + inner + String(repeating: "]", count: depth))
            expect(
                String(repeating: "{\"a\":", count: depth) + (inner.isEmpty ? "0" : inner)
                    + String(repeating: "}", count: depth))
        }
    }

    private static let elementKinds: [ColumnKind] = [
        .text(charset: nil), .integer(isBig: false), .decimal, .boolean, .bytea, .json, .ownForm,
    ]

    @Test(arguments: elementKinds)
    func arraysAreJSONOrStayTextAsTheSlowReaderSays(_ kind: ColumnKind) {
        var random = SeededRandom(seed: 32)
        let element = EmitRule(for: kind, spelling: RowSpelling(), bytes: .raw, values: ValueOptions())
        var plain = 0
        for round in 0 ..< Effort.rounds(3000) {
            let text = RandomJSON.array(&random), hexOutput = round % 2 == 0
            let wanted = text.withUnsafeBufferPointer {
                OraclePostgresArray.json($0, element: element, hexOutput: hexOutput)
            }
            plain += wanted == nil ? 0 : 1
            for kernels in PreparedValue.all {
                let json = kernels.jsonArray(text, element: element, hexOutput: hexOutput)
                #expect(json == wanted, "\(kernels.name): \(String(decoding: text, as: UTF8.self))")
            }
        }
        #expect(plain > 100)
    }
}
