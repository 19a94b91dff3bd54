import TestSupport

/// Compares lines in which floats may be spelled in several ways: `1e-09` is `1e-9`.
enum LooseNumbers {
    static func same(_ line: String, _ wanted: String) -> Bool {
        if line == wanted { return true }
        let found = NumericTokens.of(line), expected = NumericTokens.of(wanted)
        return found.count == expected.count && zip(found, expected).allSatisfy { $0 == $1 || same(number: $0, $1) }
    }

    /// The same value in as many digits.
    private static func same(number: Substring, _ wanted: Substring) -> Bool {
        guard let a = Double(number), let b = Double(wanted), a == b, a.sign == b.sign else { return false }
        return digits(number) == digits(wanted)
    }

    private static func digits(_ number: Substring) -> String {
        let digits = number.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber).drop { $0 == "0" }
        return String(digits.reversed().drop { $0 == "0" }.reversed())
    }
}
