extension String {
    /// For messages: one line whatever a name holds, without the characters that move a terminal's cursor or turn its text round, and not endless.
    package var printable: String {
        var out = ""
        for (number, scalar) in unicodeScalars.enumerated() {
            if number == 1000 { return out + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: out += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
