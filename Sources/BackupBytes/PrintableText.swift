extension String {
    /// For messages: one line whatever a name holds, without the characters that move a terminal's cursor or turn its
    /// text round, and not endless.
    package var printable: String { escaped(keepsLines: false, limit: 1000) }

    /// The same for a whole message, however long. `keepsLines`: its line ends are its own, not those of a name.
    package func printable(keepsLines: Bool) -> String { escaped(keepsLines: keepsLines, limit: .max) }

    /// JSON in which these characters are escaped as JSON does it: another spelling of the same value.
    package var printableJSON: String {
        var out = ""
        for scalar in unicodeScalars {
            guard scalar.movesTerminals, scalar != "\n" else {
                out.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return out
    }

    private func escaped(keepsLines: Bool, limit: Int) -> String {
        if unicodeScalars.count <= limit, !unicodeScalars.contains(where: { $0.movesTerminals }) { return self }
        var out = ""
        for (number, scalar) in unicodeScalars.enumerated() {
            if number == limit { return out + "…" }
            if scalar.movesTerminals && !(keepsLines && scalar == "\n") {
                out += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}

extension Unicode.Scalar {
    /// Controls of every kind, what turns the direction of text, what breaks lines, and what nobody knows the meaning
    /// of.
    fileprivate var movesTerminals: Bool {
        if value >= 0x20 && value < 0x7F { return false }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: true
        default: false
        }
    }
}
