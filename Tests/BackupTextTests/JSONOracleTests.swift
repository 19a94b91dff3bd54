import TestSupport
import Testing

/// Rows as Python's own parser reads them, numbers by their literals, keys in their order.
@Suite struct JSONOracleTests {
    /// Writes each row of a set on one line, as a list of pairs where it is an object.
    private static let program = #"""
        import json, sys

        class Pairs(list):
            pass

        def plain(value):
            if isinstance(value, Pairs):
                return {"pairs": [[key, plain(inner)] for key, inner in value]}
            if isinstance(value, list):
                return [plain(inner) for inner in value]
            return value

        def number(literal):
            return {"n": literal}

        decoder = json.JSONDecoder(object_pairs_hook=Pairs, parse_float=number, parse_int=number)
        text, at = sys.stdin.buffer.read().decode(), 0
        space = " \t\r\n"
        while at < len(text) and text[at] in space:
            at += 1
        rows = []
        if text[at:at + 1] == "[":
            rows = decoder.decode(text[at:])
        else:
            while at < len(text):
                row, at = decoder.raw_decode(text, at)
                rows.append(row)
                while at < len(text) and text[at] in space:
                    at += 1
        for row in rows:
            print(json.dumps(plain(row)))
        """#

    private func object(_ random: inout SeededRandom, keys: [String]) -> String {
        var members = keys.filter { _ in Int.random(in: 0 ..< 5, using: &random) > 0 }
        if Int.random(in: 0 ..< 10, using: &random) == 0 { members.shuffle(using: &random) }
        func space() -> String {
            Bool.random(using: &random) ? "" : [" ", "\t", "\n"].randomElement(using: &random) ?? ""
        }
        let inner = members.map { key -> String in
            var value = RandomJSON.document(&random)
            // An object with a key twice is no JSON of ours.
            while PreparedValue.all[0].jsonLine(Array(value.utf8)) == nil { value = RandomJSON.document(&random) }
            return space() + "\"\(key)\"" + space() + ":" + value
        }
        return "{" + inner.joined(separator: ",") + space() + "}"
    }

    @Test(arguments: [true, false])
    func randomRows(isArray: Bool) throws {
        var random = SeededRandom(seed: isArray ? 5 : 6)
        for _ in 0 ..< Effort.rounds(12) {
            let names = ["id", "naïve", "q\\\"", "\\u00e9", "n\\n", "", "long key of more than thirty-two bytes", "z"]
            let keys = Array(names.shuffled(using: &random).prefix(Int.random(in: 1 ... 8, using: &random)))
            let rows = (0 ..< 150).map { _ in object(&random, keys: keys) }
            let text = isArray ? " [" + rows.joined(separator: " ,\n") + "]\n" : rows.joined(separator: "\n")
            let ours = try FastRows.json(
                Array(text.utf8), slab: [500, 5000, 262_144].randomElement(using: &random) ?? 1)
            #expect(ours.faults.isEmpty)
            let wanted = try Program.run(["python3", "-c", Self.program], input: Array(text.utf8))
            let got = try Program.run(["python3", "-c", Self.program], input: ours.lines)
            try #require(wanted.status == 0 && got.status == 0, "\(wanted.errors)\(got.errors)")
            #expect(got.output == wanted.output)
            #expect(ours.lines.count { $0 == 0x0A } == rows.count)
        }
    }
}
