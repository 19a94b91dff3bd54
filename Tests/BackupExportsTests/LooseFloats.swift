/// Compares lines in which a FLOAT may have the six digits that MySQL's client prints.
enum LooseFloats {
    static func same(_ line: String, _ wanted: String) -> Bool {
        let found = tokens(line), expected = tokens(wanted)
        return found.count == expected.count
            && zip(found, expected).allSatisfy { found, expected in
                if found == expected { return true }
                guard let a = Double(found), let b = Double(expected), found.contains(".") else { return false }
                return abs(a - b) <= abs(b) * 5e-6
            }
    }

    /// Runs of the bytes that numbers have, and of all others.
    private static func tokens(_ line: String) -> [Substring] {
        var tokens: [Substring] = [], start = line.startIndex
        let isNumeric: (Character) -> Bool = { "0123456789+-.eE".contains($0) }
        while start < line.endIndex {
            let kind = isNumeric(line[start])
            let end = line[start...].firstIndex { isNumeric($0) != kind } ?? line.endIndex
            tokens.append(line[start ..< end])
            start = end
        }
        return tokens
    }
}
