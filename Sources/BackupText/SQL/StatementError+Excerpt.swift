import BackupRows

extension StatementError {
    /// Bytes of a statement that messages show.
    static var excerptLimit: Int { 80 }

    /// The first line of `bytes`, cut short, on one line whatever it holds.
    static func excerpt(_ bytes: some Collection<UInt8>) -> String {
        let line = bytes.prefix { $0 != 0x0A }.prefix(excerptLimit)
        var text = String(decoding: line, as: UTF8.self)
        if line.count == excerptLimit, text.unicodeScalars.last == "\u{FFFD}" { text.unicodeScalars.removeLast() }
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar == "\r": break
            case .control, .format, .lineSeparator, .paragraphSeparator:
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return "“\(shown)\(line.count < bytes.count && line.count == excerptLimit ? "…" : "")”"
    }
}
