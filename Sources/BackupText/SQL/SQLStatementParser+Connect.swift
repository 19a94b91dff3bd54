import BackupRows

/// psql's `\connect`.
extension SQLStatementParser {
    /// `\connect name user`, `\connect -reuse-previous=on "dbname='name'"`: what follows the command.
    static func connection(_ rest: String) -> SQLStatement {
        var arguments = Self.arguments(rest)
        arguments.removeAll { $0.hasPrefix("-reuse-previous=") }
        func given(_ text: String?) -> String? { text == "-" || text?.isEmpty == true ? nil : text }
        guard let first = arguments.first else { return .connect(database: nil, user: nil) }
        if first.hasPrefix("postgresql://") || first.hasPrefix("postgres://") {
            let address = first.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "?" }.split(
                separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let user = address[0].contains("@") ? address[0].prefix { $0 != "@" && $0 != ":" } : ""
            return .connect(
                database: given(address.count > 1 ? Self.unescaped(address[1]) : nil), user: given(Self.unescaped(user))
            )
        }
        if first.contains("=") {
            let settings = Self.settings(first)
            return .connect(database: given(settings["dbname"]), user: given(settings["user"]))
        }
        return .connect(database: given(first), user: given(arguments.dropFirst().first))
    }

    /// Words of a command's line, without the quotes around and inside them. What is not quoted keeps its case.
    private static func arguments(_ line: String) -> [String] {
        var arguments: [String] = [], word: String?, quote: UnicodeScalar?, rest = line.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch quote {
            case nil where scalar.properties.isWhitespace:
                if let word { arguments.append(word) }
                word = nil
            case nil where scalar == "\"" || scalar == "'":
                quote = scalar
                word = word ?? ""
            case scalar where rest.first == scalar:
                rest.removeFirst()
                word?.unicodeScalars.append(scalar)
            case scalar: quote = nil
            case "'" where scalar == "\\": if let escaped = rest.popFirst() { word?.unicodeScalars.append(escaped) }
            default: word = (word ?? "") + String(scalar)
            }
        }
        return arguments + (word.map { [$0] } ?? [])
    }

    /// `dbname='a b' user=c`
    private static func settings(_ text: String) -> [String: String] {
        var settings: [String: String] = [:], rest = text.unicodeScalars[...]
        while true {
            rest = rest.drop { $0.properties.isWhitespace }
            guard let equals = rest.firstIndex(of: "=") else { return settings }
            let name = String(rest[..<equals]).trimmingSpace
            rest = rest[rest.index(after: equals)...].drop { $0.properties.isWhitespace }
            var value = String.UnicodeScalarView()
            let isQuoted = rest.first == "'"
            if isQuoted { rest.removeFirst() }
            while let scalar = rest.popFirst() {
                if isQuoted ? scalar == "'" : scalar.properties.isWhitespace { break }
                if scalar == "\\" { value.append(rest.popFirst() ?? scalar) } else { value.append(scalar) }
            }
            settings[name] = String(value)
        }
    }

    /// Without the `%20` of an address.
    private static func unescaped(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = [], rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
