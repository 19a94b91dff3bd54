/// JSON and PostgreSQL's arrays, and what is almost one.
package enum RandomJSON {
    /// Pieces of JSON in any order: seldom JSON.
    package static func pieces(_ random: inout SeededRandom) -> String {
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\u0061\"", "1", "-0", "1.50", "1e5 ", "01", "true",
            "null",
            "false", " ", "\n", "\t", "\"é\\n\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "nul", "\"", "\\", "-", "1.",
            "E+2",
            "\"\\u00e9\"", "\"é\":1", "\"\\u00E9\":1", "\u{1}", "\"\\x\"", "\u{3000}", "\u{FEFF}", "\"\\ude00\\ud83d\"",
            "NaN",
            "\"😀\"", "\"\\ud83d\\ude00\":2", "\"😀\":2",
        ]
        return (0 ..< Int.random(in: 1 ... 11, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    /// JSON, but that an object may have a key twice.
    package static func document(_ random: inout SeededRandom) -> String {
        space(&random) + value(&random, depth: Int.random(in: 1 ... 4, using: &random)) + space(&random)
    }

    private static func value(_ random: inout SeededRandom, depth: Int) -> String {
        switch Int.random(in: 0 ... (depth > 0 ? 7 : 4), using: &random) {
        case 0: "\(Int.random(in: -1_000_000_000 ... 1_000_000_000, using: &random))"
        case 1: ["1.10", "0.5", "-0", "1e5", "2.5E-10", "123456789012.1234567890"].randomElement(using: &random) ?? ""
        case 2, 3: string(&random)
        case 4: ["true", "false", "null"].randomElement(using: &random) ?? ""
        case 5: "[" + members(&random) { value(&$0, depth: depth - 1) } + "]"
        default:
            "{"
                + members(&random) { random in
                    (Bool.random(using: &random) ? "\"k\(Int.random(in: 0 ... 40, using: &random))\"" : string(&random))
                        + space(&random) + ":" + space(&random) + value(&random, depth: depth - 1)
                } + "}"
        }
    }

    private static func members(_ random: inout SeededRandom, _ make: (inout SeededRandom) -> String) -> String {
        let count = Int.random(in: 0 ... 5, using: &random)
        return (0 ..< count).map { _ in space(&random) + make(&random) + space(&random) }.joined(separator: ",")
    }

    private static func string(_ random: inout SeededRandom) -> String {
        let pieces = ["a", "key", "é", "\\u00e9", "\\n", "\\\"", "\\\\", "😀", "\\ud83d\\ude00", "long words ", "{\\t}"]
        let count = Int.random(in: 0 ... (Bool.random(using: &random) ? 3 : 20), using: &random)
        return "\"" + (0 ..< count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined() + "\""
    }

    private static func space(_ random: inout SeededRandom) -> String {
        guard Int.random(in: 0 ..< 3, using: &random) == 0 else { return "" }
        let count = Int.random(in: 0 ... (Bool.random(using: &random) ? 2 : 70), using: &random)
        return (0 ..< count).map { _ in [" ", "\n", "\t", "\r"].randomElement(using: &random) ?? "" }.joined()
    }

    /// An array's text, sometimes with a byte that does not belong there.
    package static func array(_ random: inout SeededRandom) -> [UInt8] {
        var text = Array(array(&random, depth: Int.random(in: 0 ... 7, using: &random)).utf8)
        if Int.random(in: 0 ..< 4, using: &random) == 0 {
            let bytes = Array("{},\"\\N1\u{1}".utf8) + [0xC3, 0]
            text[Int.random(in: 0 ..< text.count, using: &random)] = bytes.randomElement(using: &random) ?? 0
        }
        return text
    }

    private static func array(_ random: inout SeededRandom, depth: Int) -> String {
        let numbers = ["1", "-2.50", "NULL", "12345678901234567890123456789012345", "t", "f"]
        let others = [
            "007", "null", "false", "plain", "two words", "é", "\"a b\"", "\"\"", "\"q \\\"\"", "\"NULL\"",
            "\"\\\\x6162\"",
            "1e5", "\"\\é\"", "\"{\\\"a\\\": 1}\"", "\"{\\\"a\\\":1,\\\"a\\\":2}\"", "", "\"\u{1}\"", "NaN",
        ]
        let isUniform = Bool.random(using: &random), uniform = numbers.randomElement(using: &random) ?? ""
        let elements = (0 ..< Int.random(in: 0 ... 6, using: &random)).map { _ in
            if depth > 0 && Int.random(in: 0 ..< 3, using: &random) == 0 { return array(&random, depth: depth - 1) }
            if isUniform { return uniform }
            return (Bool.random(using: &random) ? numbers : others).randomElement(using: &random) ?? ""
        }
        return "{" + elements.joined(separator: ",") + "}"
    }
}
