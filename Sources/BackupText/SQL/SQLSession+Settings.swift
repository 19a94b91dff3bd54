import BackupRows

/// What SET and transactions do to a session.
extension SQLSession {
    /// Why a setting cannot be followed.
    enum Refusal: Error {
        case unknownCharset(String)
        case unknownValue(of: String)
    }

    /// Carries out the assignments of one statement.
    /// - Returns: the charset that the text after it is in, where all of it is (PostgreSQL).
    mutating func apply(_ settings: [Setting]) throws(Refusal) -> String? {
        guard dialect.family == .mysql else { return try applyParameters(settings) }
        do { try variables.assign(settings) } catch { throw .unknownValue(of: error.name) }
        if variables.isAutocommit && !transaction.isOpen { transaction.hasRows = false }
        // What is assigned to the user's variables alone changes nothing.
        guard settings.contains(where: { if case .user = $0.name { false } else { true } }) else { return nil }
        try followVariables()
        return nil
    }

    private mutating func followVariables() throws(Refusal) {
        dialect.backslashEscapes = variables.backslashEscapes
        dialect.ansiQuotes = variables.ansiQuotes
        let charset = variables.charset
        let isKnown =
            ["binary", variables.initial].contains(charset) || (try? Charset(declared: charset, family: .mysql)) != nil
        if !isKnown { throw .unknownCharset(charset) }
        dialect.charset = ["utf8", "utf8mb3", "utf8mb4"].contains(charset) ? nil : charset
    }

    /// A name in double quotes has shown that they hold identifiers.
    mutating func noteANSIQuotes() {
        dialect.ansiQuotes = true
        if dialect.family == .mysql { variables.noteANSIQuotes() }
    }

    // MARK: PostgreSQL

    private var parameters: Parameters {
        Parameters(encoding: encoding, backslashEscapes: dialect.backslashEscapes, path: path)
    }

    private mutating func applyParameters(_ settings: [Setting]) throws(Refusal) -> String? {
        var charset: String?
        for setting in settings {
            guard case .system(let name) = setting.name, !setting.isLocal || transaction.isOpen else { continue }
            if setting.isLocal && transaction.afterwards == nil { transaction.afterwards = parameters }
            switch name {
            case "client_encoding":
                charset = try Self.encoding(setting.value)
                encoding = charset
                if !setting.isLocal { transaction.afterwards?.encoding = charset }
            case "standard_conforming_strings":
                dialect.backslashEscapes = Self.isOff(setting.value)
                if !setting.isLocal { transaction.afterwards?.backslashEscapes = dialect.backslashEscapes }
            case "search_path": setPath(nil, isLocal: setting.isLocal)
            default: break
            }
        }
        return charset
    }

    /// `isLocal`: until the transaction ends, and without one not at all.
    mutating func setPath(_ entries: [String]?, isLocal: Bool) {
        if isLocal && !transaction.isOpen { return }
        if isLocal && transaction.afterwards == nil { transaction.afterwards = parameters }
        path.set(entries)
        if !isLocal { transaction.afterwards?.path = path }
    }

    private static func encoding(_ value: Setting.Expression) throws(Refusal) -> String {
        guard case .text(let text) = value else { return "UTF8" }
        do { return try Charset(declared: text.uppercased(), family: .postgresql).name } catch {
            throw .unknownCharset(text)
        }
    }

    private static func isOff(_ value: Setting.Expression) -> Bool {
        guard case .text(let text) = value else { return false }
        let word = text.lowercased()
        return word == "0" || (word.count > 1 && "off".hasPrefix(word))
            || (!word.isEmpty && ("false".hasPrefix(word) || "no".hasPrefix(word)))
    }

    /// Takes the settings of another time.
    /// - Returns: the charset that the text is in from here on, where that changes.
    private mutating func takeBack(_ earlier: Parameters?) -> String? {
        guard let earlier else { return nil }
        dialect.backslashEscapes = earlier.backslashEscapes
        path = earlier.path
        defer { encoding = earlier.encoding }
        return encoding == earlier.encoding ? nil : earlier.encoding ?? "UTF8"
    }

    // MARK: Transactions

    /// Rows come here.
    mutating func noteRows() {
        if transaction.isOpen || !variables.isAutocommit { transaction.hasRows = true }
    }

    /// Rows of the table have been given out.
    mutating func noteBatch(of table: TableName) {
        namespacesWithRows.insert((dialect.family == .mysql ? table.database : table.schema) ?? "")
    }

    /// - Returns: the charset that the text is in from here on, where that changes.
    mutating func begin() -> String? {
        let charset = dialect.family == .mysql ? commit() : nil
        if transaction.isOpen { return charset }
        transaction = Transaction()
        transaction.isOpen = true
        transaction.before = dialect.family == .postgresql ? parameters : nil
        return charset
    }

    mutating func commit() -> String? {
        defer { transaction = Transaction() }
        return takeBack(transaction.afterwards)
    }

    mutating func rollBack() -> String? {
        defer { transaction = Transaction() }
        return takeBack(transaction.before)
    }

    /// A statement that declares or removes something ends MySQL's transactions.
    mutating func commitImplicitly() { if dialect.family == .mysql { transaction = Transaction() } }

    /// Rows would be taken back by the server at the end of the text.
    var hasUncommittedRows: Bool { transaction.hasRows }
}
