import TestSupport
import Testing

/// JSON as Python's own parser takes it: strict, without NaN, halves of characters or an object's key twice.
@Suite struct PythonJSONTests {
    /// Reads texts, four bytes of length before each; writes them on one line, `-1` for the length of what is no JSON.
    private static let program = #"""
        import json, struct, sys

        def pairs(members):
            if len({key for key, _ in members}) < len(members):
                raise ValueError("a key twice")
            return members

        def no_constant(word):
            raise ValueError(word)

        def check(value):
            if isinstance(value, str):
                value.encode()  # half of a surrogate pair cannot be
            elif isinstance(value, (list, tuple)):
                for inner in value:
                    check(inner)

        def one_line(text):
            out, inside, escaped = [], False, False
            for char in text:
                if inside or char not in " \t\r\n":
                    out.append(char)
                inside ^= char == '"' and not escaped
                escaped = inside and char == "\\" and not escaped
            return "".join(out).encode()

        decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_float=str, parse_int=str, parse_constant=no_constant)
        data, at = sys.stdin.buffer.read(), 0
        while at < len(data):
            length = struct.unpack_from("<i", data, at)[0]
            raw = data[at + 4 : at + 4 + length]
            at += 4 + length
            try:
                text = raw.decode()
                check(decoder.decode(text))
                line = one_line(text)
                sys.stdout.buffer.write(struct.pack("<i", len(line)) + line)
            except ValueError:
                sys.stdout.buffer.write(struct.pack("<i", -1))
        """#

    @Test
    func theKernelsTakeWhatPythonTakesAndNothingElse() throws {
        var random = SeededRandom(seed: 33), texts: [[UInt8]] = []
        for _ in 0 ..< Effort.rounds(4000) {
            let isWhole = Int.random(in: 0 ..< 3, using: &random) > 0
            var text = Array((isWhole ? RandomJSON.document(&random) : RandomJSON.pieces(&random)).utf8)
            if Bool.random(using: &random) && !text.isEmpty {
                let bytes = Array("\"\\{}[],:u0-. \n".utf8) + [0xC3, 0xED, 0, 0x1F]
                text[Int.random(in: 0 ..< text.count, using: &random)] = bytes.randomElement(using: &random) ?? 0
            }
            texts.append(text)
        }
        let input = texts.flatMap { Self.length($0.count) + $0 }
        let python = try Program.run(["python3", "-c", Self.program], input: input)
        try #require(python.status == 0, "\(python.errors)")
        var rest = python.output[...], taken = 0
        for text in texts {
            let length = rest.prefix(4).reversed().reduce(Int32(0)) { $0 << 8 | Int32($1) }
            rest = rest.dropFirst(4)
            let wanted = length < 0 ? nil : Array(rest.prefix(Int(length)))
            rest = rest.dropFirst(max(0, Int(length)))
            taken += wanted == nil ? 0 : 1
            for kernels in PreparedValue.all {
                #expect(kernels.jsonLine(text) == wanted, "\(kernels.name): \(String(decoding: text, as: UTF8.self))")
            }
        }
        #expect(taken > 1000)
    }

    private static func length(_ count: Int) -> [UInt8] {
        (0 ..< 4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }
}
