import BackupRows

/// INSERT and COPY, up to their rows.
extension SQLStatementParser {
    mutating func insert() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        while ["low_priority", "delayed", "high_priority", "ignore", "into"].contains(word) { try advance() }
        guard let name = try qualifiedName() else { return try unknown() }
        if word == "partition" {
            while token.kind != .end && symbol != UInt8(ascii: ")") { try advance() }
            try advance()
        }
        var columns: [String]?
        if symbol == UInt8(ascii: "(") {
            guard let list = try columnNames() else { return isCut ? .other : .insertExpression(name) }
            columns = list
        }
        if word == "as" { for _ in 0 ..< 2 { try advance() } }
        if word == "overriding" {
            try advance()
            if word == "user" {  // the server makes the values of identity columns itself
                try skip()
                return .insertExpression(name)
            }
            for _ in 0 ..< 2 { try advance() }
        }
        if word == "default" {
            try skip()
            return .insertDefaults(name)
        }
        guard word == "values" || word == "value" else {
            let mayBeCut = token.kind == .end || (token.kind == .word && "values".hasPrefix(word))
            try skip(holdsStatements: true)
            return mayBeCut && isCut ? .other : .insertExpression(name)
        }
        return .insert(name, columns: columns)
    }

    /// `(a, b)`; the token after it is then current. nil where it does not end.
    private mutating func columnNames() throws(SQLIncomplete) -> [String]? {
        var list: [String] = []
        try advance()
        while symbol != UInt8(ascii: ")") {
            if token.kind == .end { return nil }
            if symbol != UInt8(ascii: ",") { list.append(lexer.name(token)) }
            try advance()
        }
        try advance()
        return list
    }

    /// WITH … SELECT, INSERT, UPDATE or DELETE.
    mutating func with() throws(SQLIncomplete) -> SQLStatement {
        var depth = 0, verb = ""
        try advance()
        while token.kind != .end && verb.isEmpty {
            if symbol == UInt8(ascii: "(") { depth += 1 }
            if symbol == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0,
                ["select", "insert", "update", "delete", "merge", "values", "table", "replace"].contains(word)
            {
                verb = word
            } else {
                try advance()
            }
        }
        switch verb {
        case "insert", "replace": return try insert()
        case "update", "delete", "merge":
            let statement = PassedStatement.changes(verb.uppercased())
            try skip(holdsStatements: true)
            return .notCarriedOut(statement, nil)
        case "": return isCut ? .other : try unknown()
        default:
            try skip()
            return .other
        }
    }

    // MARK: COPY

    mutating func copy() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        if symbol == UInt8(ascii: "(") {  // a query: it goes out
            try skip()
            return .other
        }
        var refused: String?
        if word == "binary" {
            refused = "BINARY"
            try advance()
        }
        guard let name = try qualifiedName() else { return try unknown() }
        var columns: [String]?
        if symbol == UInt8(ascii: "(") {
            guard let list = try columnNames() else { return .other }
            columns = list
        }
        if word == "with" {
            refused = "WITH OIDS"
            for _ in 0 ..< 2 { try advance() }
        }
        if word == "to" || token.kind == .end {
            try skip()
            return .other
        }
        guard word == "from" else { return try unknown() }
        try advance()
        if word == "program" || token.kind == .string {
            let source = word == "program" ? "COPY … FROM PROGRAM" : "COPY … FROM a file"
            try skip()
            return .notCarriedOut(.brings(source), name)
        }
        guard word == "stdin" else { return token.kind == .end ? .other : try unknown() }
        try advance()
        let parsed = try copyOptions()
        if isCut { return .other }
        if let refusal = refused ?? parsed.refusal { fail(.copyOption(refusal), at: start) }
        _ = try line()
        if unsafe lexer.position < lexer.bytes.count { lexer.position += 1 }
        return .copy(name, columns: columns, parsed.options)
    }

    /// COPY's options in all their spellings: `WITH (FORMAT csv, NULL 'x')`, `CSV HEADER DELIMITER AS ';'`, `USING
    /// DELIMITERS '|'`. `refusal`: one that changes rows and is not supported.
    private mutating func copyOptions() throws(SQLIncomplete) -> (options: CopyOptions, refusal: String?) {
        var values: [String: String] = [:], refusal: String?, forcedNull = ForcedColumns.named([]),
            forcedNotNull = ForcedColumns.named([])
        while token.kind != .end {
            let name = word
            if ["with", "using", ""].contains(name) {
                let isBracketOrComma = symbol.map { "(),".utf8.contains($0) } ?? false
                if name.isEmpty && !isBracketOrComma { refusal = refusal ?? lexer.text(token) }
                try advance()
                continue
            }
            try advance()
            switch name {
            case "csv", "text", "binary": values["format"] = name
            case "format": values[name] = try optionValue()?.lowercased()
            case "delimiter", "delimiters": values["delimiter"] = try optionValue()
            case "null", "quote", "escape", "encoding": values[name] = try optionValue()
            case "header", "freeze", "oids":
                let value = try optionSwitch() ?? "true"
                values[name] =
                    ["true", "on", "1", "match"].contains(value)
                    ? "true" : ["false", "off", "0"].contains(value) ? "false" : nil
                if values[name] == nil { refusal = refusal ?? "\(name.uppercased()) \(value)" }
            case "force_null": forcedNull = try forcedColumns()
            case "force_not_null": forcedNotNull = try forcedColumns()
            case "force":
                let isNot = word == "not"
                if isNot { try advance() }
                if word == "null" {
                    try advance()
                    if isNot { forcedNotNull = try forcedColumns() } else { forcedNull = try forcedColumns() }
                } else {
                    refusal = refusal ?? "FORCE \(word.uppercased())"
                }
            case "on_error", "log_verbosity", "reject_limit": _ = try optionValue()
            default: refusal = refusal ?? name.uppercased()
            }
        }
        if values["oids"] == "true" { refusal = refusal ?? "OIDS" }
        if values["format"] == "binary" { refusal = refusal ?? "FORMAT binary" }
        var options = CopyOptions()
        if let dialect = CSVDialect(copyOptions: values) {
            options.dialect = dialect
        } else {
            refusal = refusal ?? "these options"
        }
        (options.encoding, options.forcedNull, options.forcedNotNull) = (values["encoding"], forcedNull, forcedNotNull)
        return (options, refusal)
    }

    /// A string, a word or a number after the name of an option.
    private mutating func optionValue() throws(SQLIncomplete) -> String? {
        if word == "as" { try advance() }
        guard [.string, .word, .number].contains(token.kind) else { return nil }
        let value = lexer.value(token)
        try advance()
        return value
    }

    /// The value of a switch, which may be left out.
    private mutating func optionSwitch() throws(SQLIncomplete) -> String? {
        let isValue =
            token.kind == .string || token.kind == .number || ["true", "false", "on", "off", "match"].contains(word)
        return isValue ? try optionValue()?.lowercased() : nil
    }

    /// `(a, b)`, `a, b` or `*`.
    private mutating func forcedColumns() throws(SQLIncomplete) -> ForcedColumns {
        if symbol == UInt8(ascii: "(") {
            var ahead = lexer
            guard try ahead.symbol(ahead.next()) == UInt8(ascii: "*") else { return .named(try columnNames() ?? []) }
            try advance()
        }
        if symbol == UInt8(ascii: "*") {
            try advance()
            return .all
        }
        var names: [String] = []
        while token.kind == .word || token.kind == .quotedName {
            names.append(lexer.name(token))
            try advance()
            guard symbol == UInt8(ascii: ",") else { break }
            try advance()
        }
        return .named(names)
    }
}
