import BackupRows

extension StringProtocol {
    var trimmingSpace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }

    func trimmingCharacters(of set: String) -> String {
        var text = self[...]
        while let first = text.first, set.contains(first) { text = text.dropFirst() }
        while let last = text.last, set.contains(last) { text = text.dropLast() }
        return String(text)
    }

    /// `\'` and `\\` of a connection string.
    var unescapingBackslashes: String {
        var out = "", isEscaped = false
        for character in self {
            if character == "\\" && !isEscaped {
                isEscaped = true
                continue
            }
            out.append(character)
            isEscaped = false
        }
        return out
    }

    func range(of needle: String) -> Range<Index>? { ranges(of: needle).first }
}
