import TestSupport

/// Compares lines in which a FLOAT may have the six digits that MySQL's client prints.
enum LooseFloats {
    static func same(_ line: String, _ wanted: String) -> Bool {
        let found = NumericTokens.of(line), expected = NumericTokens.of(wanted)
        return found.count == expected.count
            && zip(found, expected).allSatisfy { found, expected in
                if found == expected { return true }
                guard let a = Double(found), let b = Double(expected), found.contains(".") else { return false }
                return abs(a - b) <= abs(b) * 5e-6
            }
    }
}
