/// A line in pieces, so that numbers can be compared by value and all else by its bytes.
package enum NumericTokens {
    /// Runs of the bytes that numbers have, and of all others.
    package static func of(_ line: String) -> [Substring] {
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
