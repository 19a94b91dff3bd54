import BackupRows

/// ALTER: what changes the columns or the name of a table.
extension SQLStatementParser {
    mutating func alter() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        while KnownStatements.modifiers.contains(word) && !KnownStatements.isObject(word, of: family)
            || word == "event" && family == .postgresql
        { try advance() }
        if token.kind == .end { return isCut ? .other : try unknown() }
        guard try isKnownObject() else { return try unknown() }
        switch word {
        case "table": return try alterTable()
        case "event", "definer": return try routine()
        default:
            try skip(holdsStatements: true)
            return .other
        }
    }

    private mutating func alterTable() throws(SQLIncomplete) -> SQLStatement {
        try advance()
        if word == "if" { for _ in 0 ..< 2 { try advance() } }
        if family == .mysql && word == "only" {
            var ahead = lexer
            if try [.word, .quotedName, .string].contains(ahead.next().kind) {
                fail(.otherDialect(.postgresql, sign: "ALTER TABLE ONLY"), at: start)
            }
        }
        guard let name = try qualifiedName() else { return isCut ? .other : try unknown() }
        if symbol == UInt8(ascii: "*") { try advance() }
        var actions: [AlterTable.Action] = []
        while token.kind != .end {
            actions += try alterActions()
            try skipAction()
            if failure != nil { return .other }
            if symbol == UInt8(ascii: ",") { try advance() }
        }
        return isCut || actions.isEmpty ? .other : .alterTable(AlterTable(name: name, actions: actions))
    }

    /// To the comma or the end after an action.
    private mutating func skipAction() throws(SQLIncomplete) {
        var depth = 0, previous = "", place = 0
        while token.kind != .end && !(depth == 0 && symbol == UInt8(ascii: ",")) {
            let word = word
            if Self.beginsStatement(previous, word) { return stop(before: place) }
            if symbol == UInt8(ascii: "(") { depth += 1 }
            if symbol == UInt8(ascii: ")") { depth -= 1 }
            (previous, place) = (isFirstOfLine ? word : "", token.range.lowerBound)
            try advance()
        }
    }

    /// What an action does; it is read as far as that needs.
    private mutating func alterActions() throws(SQLIncomplete) -> [AlterTable.Action] {
        let verb = word
        try advance()
        switch verb {
        case "add": return try isOfIndex() ? [] : additions()
        case "drop": return try dropAction()
        case "modify" where family == .mysql:
            try skipColumnWord()
            return [try definition(replacing: lexer.name(token))]
        case "change" where family == .mysql:
            try skipColumnWord()
            let old = lexer.name(token)
            try advance()
            return [try definition(replacing: old)]
        case "alter" where family == .postgresql: return try typeChange()
        case "rename": return try renameAction()
        case "set" where family == .postgresql && word == "schema":
            try advance()
            return [.setSchema(lexer.name(token))]
        case "truncate", "exchange":
            return word == "partition" ? [.changesRows("ALTER TABLE … \(verb.uppercased()) PARTITION")] : []
        case "import", "discard": return [.changesRows("ALTER TABLE … \(verb.uppercased()) \(word.uppercased())")]
        default: return []
        }
    }

    private mutating func skipColumnWord() throws(SQLIncomplete) {
        if word == "column" { try advance() }
        if word == "if" {
            try advance()
            while ["not", "exists"].contains(word) { try advance() }
        }
    }

    private static let keys: Set<String> = [
        "primary", "key", "index", "unique", "fulltext", "spatial", "constraint", "foreign", "check", "partition",
        "exclude",
    ]
    private static let keyKinds: Set<String> = [
        "vector", "clustering", "clustered", "columnar", "global", "local", "period", "system", "table", "generated",
    ]

    /// A key, a constraint or a partition follows, not a column.
    private func isOfIndex() throws(SQLIncomplete) -> Bool {
        guard token.kind == .word else { return false }
        if Self.keys.contains(word) { return true }
        guard Self.keyKinds.contains(word) else { return false }
        var ahead = lexer
        let next = try ahead.next()
        return Self.keys.contains(ahead.word(next)) || Self.keyKinds.contains(ahead.word(next))
            || ["for", "versioning"].contains(ahead.word(next))
    }

    private mutating func additions() throws(SQLIncomplete) -> [AlterTable.Action] {
        try skipColumnWord()
        guard symbol == UInt8(ascii: "(") else { return [try definition(replacing: nil)] }
        var actions: [AlterTable.Action] = []
        repeat {
            try advance()
            let isColumn = try !isOfIndex(), action = try definition(replacing: nil)
            if isColumn { actions.append(action) }
            while token.kind != .end && symbol != UInt8(ascii: ",") && symbol != UInt8(ascii: ")") { try advance() }
        } while symbol == UInt8(ascii: ",")
        if token.kind != .end { try advance() }
        return actions
    }

    /// A column's definition, to the comma or bracket after it, and its place.
    private mutating func definition(replacing old: String?) throws(SQLIncomplete) -> AlterTable.Action {
        let start = token.range.lowerBound
        var end = start, depth = 0, position = old == nil ? AlterTable.Position.last : .same
        while token.kind != .end {
            if depth == 0 && (symbol == UInt8(ascii: ",") || symbol == UInt8(ascii: ")")) { break }
            if depth == 0 && family == .mysql && end > start && (word == "first" || word == "after") {
                let isFirst = word == "first"
                try advance()
                position = isFirst ? .first : .after(lexer.name(token))
                if !isFirst { try advance() }
                break
            }
            if symbol == UInt8(ascii: "(") { depth += 1 }
            if symbol == UInt8(ascii: ")") { depth -= 1 }
            end = token.range.upperBound
            try advance()
        }
        return unsafe .define([UInt8](lexer.bytes[start ..< end]), replacing: old, at: position)
    }

    private mutating func dropAction() throws(SQLIncomplete) -> [AlterTable.Action] {
        if word == "partition" { return [.changesRows("ALTER TABLE … DROP PARTITION")] }
        if try isOfIndex() || (family == .mysql && word == "default") { return [] }
        try skipColumnWord()
        return [.drop(lexer.name(token))]
    }

    /// ALTER [COLUMN] c [SET DATA] TYPE t
    private mutating func typeChange() throws(SQLIncomplete) -> [AlterTable.Action] {
        if word == "constraint" { return [] }
        try skipColumnWord()
        let name = lexer.name(token)
        try advance()
        if word == "set" {
            try advance()
            guard word == "data" else { return [] }
            try advance()
        }
        guard word == "type" else { return [] }
        try advance()
        let start = token.range.lowerBound
        var end = start, depth = 0
        while token.kind != .end
            && !(depth == 0 && (symbol == UInt8(ascii: ",") || ["using", "collate"].contains(word)))
        {
            if symbol == UInt8(ascii: "(") { depth += 1 }
            if symbol == UInt8(ascii: ")") { depth -= 1 }
            end = token.range.upperBound
            try advance()
        }
        let text = unsafe Array("\"\(name.replacing("\"", with: "\"\""))\" ".utf8) + [UInt8](lexer.bytes[start ..< end])
        return [.define(text, replacing: name, at: .same)]
    }

    /// RENAME [TO | AS] x, RENAME COLUMN a TO b; RENAME INDEX, KEY, CONSTRAINT change no names of ours.
    private mutating func renameAction() throws(SQLIncomplete) -> [AlterTable.Action] {
        if ["index", "key", "constraint"].contains(word) { return [] }
        if word == "to" || word == "as" {
            try advance()
            return try qualifiedName().map { [.rename($0)] } ?? []
        }
        if word == "column" { try advance() }
        let old = lexer.name(token)
        let name = try qualifiedName()
        guard word == "to" else { return name.map { [.rename($0)] } ?? [] }
        try advance()
        let new = lexer.name(token)
        return [.renameColumn(old, to: new)]
    }
}
