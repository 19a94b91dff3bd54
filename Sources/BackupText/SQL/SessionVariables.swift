import BackupRows

/// The variables of a MySQL session that matter to how text is read, and those of the user, in which dumps save them.
struct SessionVariables: Codable {
    enum Value: Codable, Equatable {
        case text(String)
        case null
        /// It has one, and only a server could work it out.
        case unknown
    }

    /// The value of a variable that matters cannot be worked out.
    struct Unknown: Error { let name: String }

    private static let userLimit = 4096, textLimit = 65_536
    private var user: [String: Value] = [:]
    private var sqlMode = Value.text("")
    private var client: String
    private var connection: String
    /// What the server answers in.
    private(set) var results: String
    private var collation: String
    let initial: String
    private(set) var isAutocommit = true

    /// `charset`: what the text is taken for before it says so itself.
    init(charset: String?) {
        initial = charset?.lowercased() ?? "utf8mb4"
        (client, connection, results, collation) = (initial, initial, initial, initial + "_general_ci")
    }

    /// Whether a variable matters to how rows are read.
    private static let watched: Set<String> = [
        "sql_mode", "character_set_client", "character_set_connection", "collation_connection", "autocommit",
    ]

    /// Carries out the assignments of one statement: all values are worked out before the first is assigned, as a
    /// server does.
    mutating func assign(_ settings: [Setting]) throws(Unknown) {
        let values = settings.map { value($0.value, of: $0.name) }
        for (setting, value) in zip(settings, values) {
            switch setting.name {
            case .user(let name):
                if user.count < Self.userLimit || user[name] != nil { user[name] = value }
            case .names, .characterSet: try assignCharset(setting.name, value)
            case .system(let name): try assign(name, value)
            }
        }
    }

    private mutating func assignCharset(_ name: Setting.Name, _ value: Value) throws(Unknown) {
        guard case .text(let text) = value else {
            if value == .unknown { throw Unknown(name: name.text) }
            return
        }
        let charset = text.lowercased()
        (client, results) = (charset, charset)
        // SET CHARACTER SET takes the database's charset for the connection: not binary, and the client's text is
        // converted to it.
        connection = name == .names ? charset : initial == "binary" ? "utf8mb4" : initial
        collation = connection + "_general_ci"
    }

    private mutating func assign(_ name: String, _ value: Value) throws(Unknown) {
        // A server refuses NULL, and the variable stays as it is.
        if value == .null { return }
        guard case .text(let text) = value else {
            if Self.watched.contains(name) { throw Unknown(name: name) }
            return
        }
        switch name {
        case "sql_mode": sqlMode = value
        case "character_set_client": client = text.lowercased()
        case "character_set_results": results = text.lowercased()
        case "character_set_connection":
            connection = text.lowercased()
            collation = connection + "_general_ci"
        case "collation_connection":
            collation = text.lowercased()
            connection = String(collation.prefix { $0 != "_" })
        case "autocommit": isAutocommit = ["1", "on", "true"].contains(text.lowercased())
        default: break
        }
    }

    // MARK: Values

    private func value(_ expression: Setting.Expression, of name: Setting.Name? = nil) -> Value {
        switch expression {
        case .text(let text): return text.utf8.count <= Self.textLimit ? .text(text) : .unknown
        case .null: return .null
        case .byDefault: return name.map(defaultValue) ?? .unknown
        case .system(let name): return system(name)
        case .global(let name):
            return name == "sql_mode" ? .text("") : name.hasPrefix("character_set") ? .text(initial) : .unknown
        case .user(let name): return user[name] ?? (user.count < Self.userLimit ? .null : .unknown)
        case .concat(let parts):
            var text = ""
            for part in parts {
                guard case .text(let piece) = value(part) else { return value(part) }
                text += piece
            }
            return text.utf8.count <= Self.textLimit ? .text(text) : .unknown
        case .replace(let whole, let old, let new):
            guard case .text(let whole) = value(whole), case .text(let old) = value(old),
                case .text(let new) = value(new)
            else { return .unknown }
            return .text(old.isEmpty ? whole : whole.replacing(old, with: new))
        case .firstOf(let choices): return choices.lazy.map { value($0) }.first { $0 != .null } ?? .null
        case .unknown: return .unknown
        }
    }

    private func defaultValue(of name: Setting.Name) -> Value {
        switch name {
        case .names, .characterSet, .system("character_set_client"), .system("character_set_connection"): .text(initial)
        case .system("collation_connection"): .text(initial + "_general_ci")
        case .system("sql_mode"): .text("")
        case .system("autocommit"): .text("1")
        default: .unknown
        }
    }

    private func system(_ name: String) -> Value {
        switch name {
        case "sql_mode": sqlMode
        case "character_set_client": .text(client)
        case "character_set_connection": .text(connection)
        case "character_set_results": .text(results)
        case "collation_connection": .text(collation)
        case "autocommit": .text(isAutocommit ? "1" : "0")
        default: .unknown
        }
    }

    // MARK: What they mean

    private var modes: Set<String> {
        guard case .text(let text) = sqlMode else { return [] }
        if let bits = UInt64(text) {  // the bits of NO_BACKSLASH_ESCAPES and ANSI_QUOTES
            return Set(
                [bits & 1 << 20 == 0 ? nil : "NO_BACKSLASH_ESCAPES", bits & 4 == 0 ? nil : "ANSI_QUOTES"].compactMap {
                    $0
                })
        }
        return Set(text.uppercased().split(separator: ",").map(\.trimmingSpace))
    }

    var backslashEscapes: Bool { !modes.contains("NO_BACKSLASH_ESCAPES") }

    var ansiQuotes: Bool {
        !modes.isDisjoint(with: ["ANSI_QUOTES", "ANSI", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL"])
    }

    /// A name in double quotes has shown what no statement has said.
    mutating func noteANSIQuotes() {
        if ansiQuotes { return }
        sqlMode = .text((modes.sorted() + ["ANSI_QUOTES"]).joined(separator: ","))
    }

    /// What string literals are in: `binary` is each column's own.
    var charset: String { connection == "binary" ? "binary" : client == "binary" ? connection : client }
}
