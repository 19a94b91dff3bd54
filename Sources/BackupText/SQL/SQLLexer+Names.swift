import BackupRows

/// Names as the servers take them.
extension SQLLexer {
    /// A name without its quotes. PostgreSQL folds one without quotes to lower case, and cuts each after 63 bytes.
    func name(_ token: SQLToken) -> String {
        let text = text(token)
        guard dialect.family == .postgresql else { return text }
        return Self.cut(token.kind == .word ? Self.folded(text) : text)
    }

    /// PostgreSQL's lower case of names: that of A to Z only.
    static func folded(_ text: String) -> String {
        guard text.utf8.contains(where: { (0x41 ... 0x5A).contains($0) }) else { return text }
        return String(decoding: text.utf8.map { (0x41 ... 0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Not more than 63 bytes (NAMEDATALEN), in whole characters.
    static func cut(_ name: String) -> String {
        guard name.utf8.count > 63 else { return name }
        var bytes = 0
        return String(
            String.UnicodeScalarView(
                name.unicodeScalars.prefix { scalar in
                    bytes += UTF8.width(scalar)
                    return bytes <= 63
                }))
    }
}
