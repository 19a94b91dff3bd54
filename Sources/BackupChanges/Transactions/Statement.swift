/// What a statement in a log means to transactions, by its first words.
enum Statement: Equatable {
    case begin, commit, rollback
    case savepoint(String), rollbackTo(String), releaseSavepoint
    case xaStart(String), xaEnd, xaPrepare(String), xaCommit(String), xaRollback(String)
    /// It changes rows, and does not say which.
    case change
    /// DDL.
    case definition
    /// Neither rows nor their tables are other than before: GRANT, CREATE USER, FLUSH, ANALYZE.
    case other

    init(_ text: String) {
        var words = Words(text)
        switch words.next() {
        case "BEGIN": self = .begin
        case "START": self = words.next() == "TRANSACTION" ? .begin : .other
        case "COMMIT": self = .commit
        case "ROLLBACK":
            let second = words.next() == "WORK" ? words.next() : words.last
            guard second == "TO" else {
                self = .rollback
                return
            }
            self = .rollbackTo(words.name(after: "SAVEPOINT"))
        case "SAVEPOINT": self = .savepoint(words.name())
        case "RELEASE": self = .releaseSavepoint
        case "XA":
            let verb = words.next(), xid = Self.xid(words.rest)
            switch verb {
            case "START", "BEGIN": self = .xaStart(xid)
            case "END": self = .xaEnd
            case "PREPARE": self = .xaPrepare(xid)
            case "COMMIT": self = .xaCommit(xid)
            case "ROLLBACK": self = .xaRollback(xid)
            default: self = .other
            }
        case "CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE":
            if words.skip("OR") { _ = words.skip("REPLACE") }
            // Accounts and their passwords are no tables, and a temporary table is in no database.
            self = ["USER", "ROLE", "SERVER", "TEMPORARY"].contains(words.next()) ? .other : .definition
        case "INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "WITH", "CALL", "DO", "SELECT", "(", "IMPORT":
            self = .change
        case "SET":
            // MariaDB's SET STATEMENT … FOR the statement itself.
            guard words.next() == "STATEMENT", let range = words.rest.range(of: " for ", options: .caseInsensitive)
            else {
                self = .other
                return
            }
            self = Statement(String(words.rest[range.upperBound...]))
        default: self = .other
        }
    }

    /// One text for each XID, as both servers write it: `X'61',X'',1`.
    private static func xid(_ text: Substring) -> String {
        var text = text.lowercased().filter { !$0.isWhitespace && $0 != ";" }
        if text.hasSuffix("onephase") { text.removeLast(8) }
        var parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 1 { parts.append("''") }
        if parts.count == 2 { parts.append("1") }
        func digits(_ part: String) -> String {
            if part.hasPrefix("x'") { return String(part.dropFirst(2).dropLast()) }
            if part.hasPrefix("0x") { return String(part.dropFirst(2)) }
            return part.dropFirst().dropLast().utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        return "X'\(digits(parts[0]))',X'\(digits(parts[1]))',\(parts[2])"
    }
}
