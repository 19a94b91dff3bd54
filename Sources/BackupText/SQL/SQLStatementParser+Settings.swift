import BackupRows

/// SET, and SELECT of what sets.
extension SQLStatementParser {
    mutating func set() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        return try family == .mysql ? setVariables() : setParameter()
    }

    // MARK: MySQL

    /// SET NAMES x, SET [SESSION] name = value, @name = value, …
    private mutating func setVariables() throws(SQLIncomplete) -> SQLStatement {
        var settings: [Setting] = []
        switch word {
        case "transaction", "password", "role", "default", "resource":
            try skip()
            return .other
        case "statement": return try unknown()
        case "local", "session", "global":
            var ahead = lexer
            if try ahead.word(ahead.next()) == "transaction" {
                try skip()
                return .other
            }
        default: break
        }
        while true {
            guard let setting = try assignment() else { return isCut ? .other : try unknown() }
            if let one = setting.0 { settings.append(one) }
            if token.kind == .end { break }
            guard symbol == UInt8(ascii: ",") else { return try unknown() }
            try advance()
        }
        return .settings(settings)
    }

    /// One assignment; nil where it is none. What is assigned to the server, not to the session, is left out.
    private mutating func assignment() throws(SQLIncomplete) -> (Setting?, Void)? {
        switch word {
        case "names":
            try advance()
            guard let value = try charsetName() else { return nil }
            if word == "collate" { for _ in 0 ..< 2 { try advance() } }
            return (Setting(.names, value), ())
        case "character", "char", "charset":
            if word != "charset" {
                try advance()
                guard word == "set" else { return nil }
            }
            try advance()
            guard let value = try charsetName() else { return nil }
            return (Setting(.characterSet, value), ())
        default: break
        }
        guard let (name, isGlobal) = try variable() else { return nil }
        if symbol == UInt8(ascii: ":") { try advance() }
        guard symbol == UInt8(ascii: "=") else { return nil }
        if case .system(let name) = name, !isGlobal,
            ["client_encoding", "standard_conforming_strings", "search_path"].contains(name)
        {
            fail(.otherDialect(.postgresql, sign: "SET \(name)"), at: start)
        }
        try advance()
        let value = try expression()
        return (isGlobal ? nil : Setting(name, value), ())
    }

    private mutating func charsetName() throws(SQLIncomplete) -> Setting.Expression? {
        guard [.word, .string, .quotedName].contains(token.kind) else { return nil }
        let value: Setting.Expression = word == "default" ? .byDefault : .text(lexer.text(token))
        try advance()
        return value
    }

    /// `@name`, `@@session.name`, `SESSION name`, `name`; the token after it is then current.
    private mutating func variable() throws(SQLIncomplete) -> (name: Setting.Name, isGlobal: Bool)? {
        var isGlobal = false, isSystem = true
        if symbol == UInt8(ascii: "@") {
            try advance()
            if symbol == UInt8(ascii: "@") { try advance() } else { isSystem = false }
        }
        if isSystem, ["session", "local", "global", "persist", "persist_only"].contains(word) {
            isGlobal = word != "session" && word != "local"
            try advance()
            if symbol == UInt8(ascii: ".") { try advance() }
            // SET SESSION @@x
            while symbol == UInt8(ascii: "@") { try advance() }
        }
        guard [.word, .quotedName, .string, .number].contains(token.kind) else { return nil }
        var name = lexer.text(token).lowercased()
        try advance()
        while symbol == UInt8(ascii: ".") {  // NEW.x, a variable of a component
            try advance()
            name += "." + lexer.text(token).lowercased()
            try advance()
        }
        return (isSystem ? .system(name) : .user(name), isGlobal)
    }

    /// The value up to a comma outside brackets or the statement's end, which is then current.
    private mutating func expression() throws(SQLIncomplete) -> Setting.Expression {
        let value = try term()
        if token.kind == .end || symbol == UInt8(ascii: ",") || symbol == UInt8(ascii: ")") { return value }
        if word == "into" { return value }
        var depth = 0
        while token.kind != .end {  // it continues: an operator, a query
            if symbol == UInt8(ascii: "(") { depth += 1 }
            if symbol == UInt8(ascii: ")") {
                if depth == 0 { break }
                depth -= 1
            }
            if symbol == UInt8(ascii: ",") && depth == 0 { break }
            try advance()
        }
        return .unknown
    }

    private mutating func term() throws(SQLIncomplete) -> Setting.Expression {
        if symbol == UInt8(ascii: "@") { return try variableValue() }
        if symbol == UInt8(ascii: "(") {
            try advance()
            if word == "select" { try advance() }
            let value = try expression()
            guard symbol == UInt8(ascii: ")") else { return .unknown }
            try advance()
            return value
        }
        switch token.kind {
        case .string:
            var text = lexer.text(token)
            try advance()
            while token.kind == .string {  // 'a' 'b' is 'ab'
                text += lexer.text(token)
                try advance()
            }
            return .text(text)
        case .number, .quotedName:
            let text = lexer.text(token)
            try advance()
            return .text(text)
        case .word:
            let word = word, text = lexer.text(token)
            try advance()
            if symbol == UInt8(ascii: "(") { return try function(word) }
            return word == "null" ? .null : word == "default" ? .byDefault : .text(text)
        default: return .unknown
        }
    }

    private mutating func variableValue() throws(SQLIncomplete) -> Setting.Expression {
        guard let (name, isGlobal) = try variable() else { return .unknown }
        switch name {
        case .user(let name): return .user(name)
        case .system(let name): return isGlobal ? .global(name) : .system(name)
        default: return .unknown
        }
    }

    /// CONCAT, REPLACE, IFNULL, COALESCE; any other cannot be worked out.
    private mutating func function(_ name: String) throws(SQLIncomplete) -> Setting.Expression {
        var arguments: [Setting.Expression] = []
        try advance()
        while token.kind != .end && symbol != UInt8(ascii: ")") {
            arguments.append(try expression())
            if symbol == UInt8(ascii: ",") { try advance() }
        }
        if token.kind != .end { try advance() }
        switch (name, arguments.count) {
        case ("concat", 1...): return .concat(arguments)
        case ("replace", 3): return .replace(arguments[0], arguments[1], arguments[2])
        case ("ifnull", 2), ("coalesce", 1...): return .firstOf(arguments)
        default: return .unknown
        }
    }

    // MARK: PostgreSQL

    /// SET [SESSION | LOCAL] name TO value, SET NAMES 'x', SET TIME ZONE …
    private mutating func setParameter() throws(SQLIncomplete) -> SQLStatement {
        var isLocal = false
        if word == "session" || word == "local" {
            isLocal = word == "local"
            try advance()
        }
        if symbol == UInt8(ascii: "@") { fail(.otherDialect(.mysql, sign: "SET @…"), at: start) }
        if word == "names" {
            try advance()
            let value: Setting.Expression = token.kind == .string ? .text(lexer.value(token)) : .byDefault
            try skip()
            return .settings([Setting(.clientEncoding, value, isLocal: isLocal)])
        }
        let name = lexer.text(token).lowercased()
        guard token.kind == .word || token.kind == .quotedName else { return try unknown() }
        try advance()
        guard symbol == UInt8(ascii: "=") || word == "to" else {
            if symbol == UInt8(ascii: ".")
                || ["time", "transaction", "constraints", "role", "authorization", "characteristics", "xml"].contains(
                    name)
            {
                try skip()
                return .other
            }
            return isCut ? .other : try unknown()
        }
        try advance()
        let value: Setting.Expression = word == "default" ? .byDefault : .text(lexer.value(token))
        if token.kind == .end { return isCut ? .other : try unknown() }
        try skip()
        return .settings([Setting(.system(name), value, isLocal: isLocal)])
    }

    /// RESET name, RESET ALL.
    mutating func reset() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        let name = word
        try skip()
        switch name {
        case "all":
            return .settings(
                ["client_encoding", "standard_conforming_strings", "search_path"].map {
                    Setting(.system($0), .byDefault)
                })
        default: return .settings([Setting(.system(name), .byDefault)])
        }
    }

    // MARK: SELECT

    /// SELECT of what sets (`set_config`, INTO @name), or of what makes a table.
    mutating func select() throws(SQLIncomplete) -> SQLStatement {
        try family == .mysql ? selectIntoVariables() : selectParameter()
    }

    /// SELECT value INTO @name; other ways to set a variable by SELECT leave it unknown.
    private mutating func selectIntoVariables() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        let isColumn = token.kind == .word
        var value = symbol == UInt8(ascii: "*") ? .unknown : try expression()
        if isColumn, case .text = value { value = .unknown }
        var settings: [Setting] = [], isInto = word == "into", previous: Setting.Name?
        let isAlone = isInto
        while token.kind != .end {
            if symbol == UInt8(ascii: "@") {
                guard let (name, _) = try variable() else { continue }
                previous = name
                if case .user = name, isInto { settings.append(Setting(name, .unknown)) }
                continue
            }
            if symbol == UInt8(ascii: ":"), case .user? = previous, let previous {
                settings.append(Setting(previous, .unknown))
            }
            if word == "into" { isInto = true }
            previous = nil
            try advance()
        }
        if isAlone && settings.count == 1 { settings[0].value = value }
        return settings.isEmpty ? .other : .settings(settings)
    }

    /// SELECT pg_catalog.set_config('search_path', 'x', false); SELECT … INTO table.
    private mutating func selectParameter() throws(SQLIncomplete) -> SQLStatement {
        var strings: [String] = [], isSetConfig = false, isLocal = false, depth = 0, table: TableName?
        while token.kind != .end {
            if symbol == UInt8(ascii: "\\") { break }  // \gexec
            if symbol == UInt8(ascii: "(") { depth += 1 }
            if symbol == UInt8(ascii: ")") { depth -= 1 }
            if word == "set_config" { isSetConfig = true }
            if word == "true" { isLocal = true }
            if token.kind == .string { strings.append(lexer.value(token)) }
            if word == "into" && depth == 0 {
                try advance()
                while ["temporary", "temp", "unlogged", "table"].contains(word) { try advance() }
                table = try qualifiedName()
                continue
            }
            try advance()
        }
        if symbol == UInt8(ascii: "\\") {
            let isExecuted = try line().hasPrefix("gexec")
            return isExecuted ? .notCarriedOut(.mayChange("\\gexec"), nil) : .other
        }
        if let table { return .notCarriedOut(.brings("SELECT INTO"), table) }
        guard isSetConfig, strings.count > 1 else { return .other }
        return .settings([Setting(.system(strings[0].lowercased()), .text(strings[1]), isLocal: isLocal)])
    }
}
