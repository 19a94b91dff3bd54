import BackupBytes
import BackupRows
import BackupText
import TestSupport
import Testing

/// Rows that are objects of JSON: the same lines and faults whatever the slabs and the reads, and after any stop.
@Suite struct JSONRowsTests {
    private static let lines =
        #"""
        {"id":1,"name":"Ann","tags":["a", "b\n"]}
        {"id":2,"tags":{"x" : {"y": [1, 2.50]}},"name":"caf\u00e9 \ud83d\ude00 \\"}

          { "name" : "over lines" ,
            "id" : 3 }
        {"name":"other order","id":4}
        {"id":5,"new":null,"name":true}
        {}
        {"id":6,"id":7}
        no json
        {"id":8,}
        {"id":9} {"id":10}
        {"id":11,"name":"cut
        {"id":12,"name":"\x"}
        {"id":13,"name":"\ud800"}
        {"id":14,"tags":[1,2}
        {"id":15,"tags":{"a":1,"a":2}}
        {"id":1e5,"name":-0.00,"new":123456789012345678901234567890}
        {"id":16,"name":"
        """# + String(repeating: "long ", count: 60) + "\"}\n" + #"{"id":17,"last":[]"#

    private static let array =
        "\u{FEFF} [ " + lines.split(separator: "\n").prefix(7).filter { !$0.hasPrefix(" ") }.joined(separator: ",\n")
        + ",\n{\"a\":1,\"a\":2},\n{\"b\":},\n{\"c\":\"\\n\"}\n]\n \n"

    @Test(arguments: ["lines", "array", "cut array", "text after the array"])
    func splitAnywhere(name: String) throws {
        let text =
            switch name {
            case "lines": Self.lines
            case "array": Self.array
            case "cut array": String(Self.array.dropLast(6))
            default: Self.array + "x"
            }
        let whole = try FastRows.json(Array(text.utf8))
        #expect(whole.lines.count > 100 && !whole.faults.isEmpty)
        for size in SplitAnywhereTests.sizes {
            #expect(try FastRows.json(Array(text.utf8), slab: size) == whole, "slab of \(size)")
            #expect(try FastRows.json(Array(text.utf8), chunk: size) == whole, "reads of \(size)")
            #expect(try FastRows.json(Array(text.utf8), slab: size, chunk: 1) == whole, "slab of \(size), reads of 1")
        }
    }

    /// Every prefix of a file is read without a crash, and none has other rows than the file.
    @Test(arguments: [true, false])
    func cutAnywhere(isArray: Bool) throws {
        let text = Array((isArray ? Self.array : Self.lines).utf8), whole = try FastRows.json(text)
        for length in 0 ..< text.count {
            let cut = try FastRows.json(Array(text[..<length]))
            #expect(whole.lines.starts(with: cut.lines), "\(length) bytes")
        }
    }

    @Test func rowsAndFaultsOfLines() throws {
        let rows = try FastRows.json(Array(Self.lines.utf8))
        #expect(
            rows.text.split(separator: "\n").prefix(6) == [
                #"{"id":1,"name":"Ann","tags":["a","b\n"]}"#,
                #"{"id":2,"tags":{"x":{"y":[1,2.50]}},"name":"café 😀 \\"}"#, #"{"name":"over lines","id":3}"#,
                #"{"name":"other order","id":4}"#, #"{"id":5,"new":null,"name":true}"#, "{}",
            ])
        #expect(
            rows.faults.map { $0.split(separator: " ")[2] } == [
                "twinKey", "notAnObject", "badJSON", "textAfterObject", "badJSON", "badJSON", "badJSON", "badJSON",
                "badNested", "cutObject",
            ])
    }

    /// Keys in one order are one batch's; where every row has another order, each has its own, and all are read.
    @Test func everyRowInAnotherOrder() throws {
        var random = SeededRandom(seed: 7), lines: [String] = []
        for row in 0 ..< 2000 {
            let keys = ["a", "b", "c", "d", "e", "k\(row % 90)"].shuffled(using: &random)
            lines.append("{" + keys.map { "\"\($0)\":\(row)" }.joined(separator: ",") + "}\n")
        }
        let text = lines.joined()
        #expect(try FastRows.json(Array(text.utf8)).text == text)
        #expect(try FastRows.json(Array(text.utf8), slab: 700).text == text)
    }

    @Test(arguments: [true, false])
    func anotherReaderResumes(isArray: Bool) throws {
        var random = SeededRandom(seed: 11), rows: [String] = []
        for row in 0 ..< 600 {
            let text = RandomJSON.document(&random)
            rows.append(row % 40 == 3 ? "{\"id\":\(row),\"x\":}" : "{\"id\":\(row),\"x\":\(text),\"k\(row % 5)\":null}")
        }
        let text = isArray ? "[" + rows.joined(separator: ",\n") + "]" : rows.joined(separator: "\n")
        let whole = try FastRows.json(Array(text.utf8))
        for slab in [300, 1000, 5000] {
            var parts = try FastRows.json(Array(text.utf8), slab: slab, resuming: true)
            #expect(parts.timesResumed > 5)
            parts.timesResumed = 0
            #expect(parts == whole)
        }
    }

    /// Random bytes, and JSON with one byte changed: rows or faults, never a crash.
    @Test func hostileBytes() throws {
        var random = SeededRandom(seed: 13)
        let specials = Array("{}[]\",:\\nu0-.e \n\r\t".utf8) + [0, 0x1F, 0x80, 0xC3, 0xED, 0xFF]
        for _ in 0 ..< Effort.rounds(300) {
            var text = Array((Bool.random(using: &random) ? Self.lines : Self.array).utf8)
            for _ in 0 ..< Int.random(in: 1 ... 4, using: &random) {
                text[Int.random(in: 0 ..< text.count, using: &random)] = specials.randomElement(using: &random) ?? 0
            }
            let whole = try FastRows.json(text)
            let slab = Int.random(in: 1 ... 300, using: &random)
            #expect(
                try FastRows.json(text, slab: slab) == whole,
                "slab of \(slab): \(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test func aRecordLongerThanTheLimitIsStepped() throws {
        var setup = ReaderSetup()
        setup.pool = SlabPool(capacity: 64)
        setup.recordLimit = 1000
        let text = "{\"a\":1}\n{\"a\":\"" + String(repeating: "x", count: 2000) + "\"}\n{\"a\":3}\n"
        let reader = try JSONReader(
            PeekedSource(BytesSource(Array(text.utf8))), table: TableName(table: "t"), setup: setup
        ) { keys in
            keys.map { Column(name: $0) }
        }
        var rows = FastRows()
        #expect(throws: RecordTooLong.self) { try rows.read(reader, setup) }
        #expect(rows.text == "{\"a\":1}\n")
    }
}
