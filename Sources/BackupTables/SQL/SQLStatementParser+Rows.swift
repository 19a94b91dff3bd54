/// INSERT and COPY, up to their rows.
extension SQLStatementParser {
    mutating func insert() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        while ["low_priority", "delayed", "high_priority", "ignore", "into"].contains(word) { try advance() }
        guard let name = try qualifiedName() else { try skip(); return .other }
        var columns: [String]?
        if symbol == UInt8(ascii: "(") {
            var list: [String] = []
            try advance()
            while symbol != UInt8(ascii: ")") {
                if token.kind == .end { return isCut ? .other : .insertExpression(name) }
                if symbol != UInt8(ascii: ",") { list.append(lexer.text(token)) }
                try advance()
            }
            columns = list
            try advance()
        }
        if word == "as" { for _ in 0 ..< 2 { try advance() } }
        if word == "overriding" { for _ in 0 ..< 3 { try advance() } }
        if word == "default" { try skip(); return .insertDefaults(name) }
        guard word == "values" || word == "value" else {
            let mayBeCut = token.kind == .end || (token.kind == .word && "values".hasPrefix(word))
            try skip()
            return mayBeCut && isCut ? .other : .insertExpression(name)
        }
        return .insert(name, columns: columns)
    }

    mutating func copy() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        guard let name = try qualifiedName() else { try skip(); return .other }
        var columns: [String]?
        if symbol == UInt8(ascii: "(") {
            var list: [String] = []
            try advance()
            while symbol != UInt8(ascii: ")") && token.kind != .end {
                if symbol != UInt8(ascii: ",") { list.append(lexer.text(token)) }
                try advance()
            }
            columns = list
            try advance()
        }
        guard word == "from" else { try skip(); return .other }
        try advance()
        guard word == "stdin" else { try skip(); return .other }
        try advance()
        let dialect = try copyDialect()
        _ = try line()
        if unsafe lexer.position < lexer.bytes.count { lexer.position += 1 }
        return dialect.map { .copy(name, columns: columns, $0) } ?? .copyOptions(name)
    }

    /// COPY's options in all their spellings: `WITH (FORMAT csv, NULL 'x')`, `CSV HEADER DELIMITER AS ';'`; nil for those not known.
    mutating func copyDialect() throws(SQLIncomplete) -> CSVDialect? {
        var options: [String: String] = [:], name = "", isKnown = true
        while token.kind != .end {
            switch word {
            case "with", "as": break
            case "csv", "text", "binary":
                options["format"] = word
                name = ""
            case "format", "delimiter", "null", "quote", "escape", "header":
                name = word
                options[name] = name == "header" ? "true" : ""
            case "": if token.kind == .string, !name.isEmpty { options[name] = lexer.text(token) }
            case "true", "on": break
            case "false", "off": options[name] = "false"
            default: isKnown = false
            }
            try advance()
        }
        return isKnown ? CSVDialect(copyOptions: options) : nil
    }
}
