import BackupRows

/// The rules: which words, where in a statement, show who wrote it.
extension SQLFamilyScan {
    /// The first words of a statement; `*` is any one.
    private struct Opening {
        var words: [String]
        var product: SQLProduct
        var weight: SQLSign.Weight
    }

    private static func openings(_ product: SQLProduct, _ weight: SQLSign.Weight, _ texts: [String]) -> [Opening] {
        texts.map { Opening(words: $0.split(separator: " ").map(String.init), product: product, weight: weight) }
    }

    private static let byVerb: [String: [Opening]] = {
        let all =
            openings(
                .mysql, .exclusive,
                [
                    "lock tables", "unlock tables", "replace into", "insert ignore", "insert delayed",
                    "insert low_priority", "insert high_priority",
                    "set foreign_key_checks", "set unique_checks", "set sql_mode", "set sql_notes", "set sql_log_bin",
                    "set autocommit", "set character",
                    "set character_set_client", "set character_set_results", "set collation_connection",
                    "set time_zone", "set global *",
                    "set session sql_mode", "set sql_safe_updates", "create definer", "create algorithm",
                    "create database if", "alter table * disable keys",
                    "alter table * enable keys", "create or replace definer", "create or replace algorithm",
                ]) + openings(.mysql, .typical, ["set names"])
            + openings(
                .postgresql, .exclusive,
                [
                    "set client_encoding", "set standard_conforming_strings", "set search_path",
                    "set statement_timeout",
                    "set lock_timeout", "set idle_in_transaction_session_timeout", "set transaction_timeout",
                    "set check_function_bodies", "set xmloption",
                    "set client_min_messages", "set row_security", "set default_tablespace",
                    "set default_table_access_method", "set default_with_oids",
                    "set escape_string_warning", "set session_replication_role", "set session authorization",
                    "set bytea_output", "select pg_catalog",
                    "select set_config", "alter table only", "alter table if exists only", "comment on",
                    "create extension", "create type", "create domain",
                    "create unlogged", "create materialized", "create aggregate", "create operator", "create cast",
                    "create collation", "create publication",
                    "create policy", "create rule", "create constraint trigger", "create schema * authorization",
                    "drop extension", "drop type",
                    "drop domain", "security label",
                ]) + openings(.postgresql, .typical, ["create sequence", "alter sequence", "select setval"])
            + openings(.sqlite, .exclusive, ["pragma *", "create virtual table"])
            + openings(
                .sqlServer, .exclusive,
                ["set identity_insert", "set ansi_nulls", "set ansi_padding", "set quoted_identifier"])
            + openings(.oracle, .exclusive, ["set define", "rem inserting"])
        return Dictionary(grouping: all) { $0.words[0] }
    }()

    private static let tableOptions: Set<String> = ["engine", "charset", "auto_increment", "row_format"]
    private static let mysqlAttributes: Set<String> = ["auto_increment", "unsigned", "zerofill"]
    private static let mysqlTypes: Set<String> = [
        "tinyint", "mediumint", "datetime", "longtext", "mediumtext", "tinytext", "longblob", "mediumblob", "tinyblob",
        "blob", "varbinary",
        "binary", "year", "enum", "set",
    ]
    private static let postgresTypes: Set<String> = [
        "bytea", "jsonb", "timestamptz", "timetz", "tsvector", "tsquery", "bigserial", "smallserial", "inet", "cidr",
        "macaddr", "regclass",
        "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange", "hstore", "citext",
    ]
    private static let sqliteTables: Set<String> = [
        "sqlite_sequence", "sqlite_stat1", "sqlite_stat4", "sqlite_master", "sqlite_schema",
    ]

    private static let signLimit = 32

    mutating func sign(_ product: SQLProduct, _ weight: SQLSign.Weight, _ text: String, at offset: Int) {
        guard signs.count < Self.signLimit, !signs.contains(where: { $0.product == product && $0.text == text }) else {
            return
        }
        signs.append(SQLSign(product, weight, text, offset: offset))
    }

    private var isCreateTable: Bool { statement.words.first == "create" && statement.words.prefix(4).contains("table") }

    /// A word outside of rows, in lower case; a quoted name is an empty one.
    mutating func note(word: String, at offset: Int) {
        statement.elementTokens += 1
        statement.isInRows = false
        if statement.words.count < 8 {
            statement.words.append(word)
            noteOpening()
        }
        if !word.isEmpty {
            noteAnywhere(word, at: offset)
            if isCreateTable { noteInTable(word, at: offset) }
        }
        statement.previous = (statement.previous.1, word)
    }

    private mutating func noteOpening() {
        guard let openings = statement.words.first.flatMap({ Self.byVerb[$0] }) else { return }
        for opening in openings where opening.words.count == statement.words.count {
            if zip(opening.words, statement.words).allSatisfy({ $0 == $1 || $0 == "*" }) {
                sign(
                    opening.product, opening.weight, opening.words.joined(separator: " ").uppercased(),
                    at: statement.start)
            }
        }
    }

    private mutating func noteAnywhere(_ word: String, at offset: Int) {
        let verb = statement.words[0], last = statement.previous.1
        switch (verb, word) {
        case ("insert", "values"), ("insert", "value"), ("replace", "values"), ("replace", "value"):
            if statement.depth == 0 { statement.isInRows = true }
        case ("use", _) where statement.words.count == 2 && byte(offset - 1) != UInt8(ascii: "["):
            sign(.mysql, .exclusive, "USE", at: statement.start)
        case ("insert", "overriding"): sign(.postgresql, .exclusive, "OVERRIDING", at: offset)
        case ("insert", "public") where last == "into" && byte(offset + 6) == UInt8(ascii: "."):
            sign(.postgresql, .typical, "public.", at: offset)
        case ("insert", "duplicate") where last == "on": sign(.mysql, .exclusive, "ON DUPLICATE", at: offset)
        case ("insert", "conflict") where last == "on": sign(.postgresql, .typical, "ON CONFLICT", at: offset)
        case ("copy", "from") where statement.depth == 0, ("copy", "to") where statement.depth == 0:
            sign(.postgresql, .exclusive, "COPY", at: statement.start)
        case ("copy", "stdin") where last == "from":
            statement.copiesFromStdin = true
            sign(.postgresql, .exclusive, "COPY … FROM stdin", at: statement.start)
        case ("alter", "to") where last == "owner": sign(.postgresql, .exclusive, "OWNER TO", at: offset)
        case (_, "zone") where last == "time" && ["with", "without"].contains(statement.previous.0):
            sign(.postgresql, .exclusive, "\(statement.previous.0.uppercased()) TIME ZONE", at: offset)
        case ("insert", _), ("delete", _), ("create", _):
            if Self.sqliteTables.contains(word) && ["into", "from", "table"].contains(last) {
                sign(.sqlite, .exclusive, word, at: offset)
            }
        default: break
        }
    }

    private mutating func noteInTable(_ word: String, at offset: Int) {
        let last = statement.previous.1
        guard statement.depth > 0 else {
            if Self.tableOptions.contains(word) { sign(.mysql, .exclusive, word.uppercased(), at: offset) }
            if word == "rowid" && last == "without" { sign(.sqlite, .exclusive, "WITHOUT ROWID", at: offset) }
            return
        }
        if statement.elementTokens == 2 {
            if Self.mysqlTypes.contains(word) { sign(.mysql, .typical, "the type \(word)", at: offset) }
            if Self.postgresTypes.contains(word) { sign(.postgresql, .exclusive, "the type \(word)", at: offset) }
            if ["boolean", "bool", "bit"].contains(word) { noteDifference("the type \(word)", at: offset) }
        } else if statement.elementTokens > 2 {
            if Self.mysqlAttributes.contains(word) { sign(.mysql, .exclusive, word.uppercased(), at: offset) }
            if word == "autoincrement" { sign(.sqlite, .exclusive, "AUTOINCREMENT", at: offset) }
            if word == "varying" && last == "character" { sign(.postgresql, .typical, "CHARACTER VARYING", at: offset) }
            if word == "set" && last == "character" { sign(.mysql, .exclusive, "CHARACTER SET", at: offset) }
            if word == "identity" && last == "as" { sign(.postgresql, .exclusive, "AS IDENTITY", at: offset) }
        }
    }

    /// A byte that is neither of a word nor of a string.
    mutating func symbol(_ byte: UInt8, at offset: Int) {
        let follows = statement.followsString
        statement.followsString = false
        switch byte {
        case UInt8(ascii: "("):
            statement.depth += 1
            if statement.depth == 1 { statement.elementTokens = 0 }
        case UInt8(ascii: ")"): statement.depth = max(0, statement.depth - 1)
        case UInt8(ascii: ","): if statement.depth == 1 { statement.elementTokens = 0 }
        case UInt8(ascii: ":"):
            if self.byte(offset + 1) == byte { sign(.postgresql, .exclusive, "::", at: offset) }
        case UInt8(ascii: "@"):
            if statement.words == ["set"] { sign(.mysql, .exclusive, "SET @", at: statement.start) }
        case UInt8(ascii: "["): bracket(at: offset)
        case UInt8(ascii: "\\"): if follows && statement.depth > 0 { noteBreakage(at: offset) }
        default: break
        }
        if statement.isInRows && statement.depth == 0 && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ")") {
            statement.isInRows = false
        }
    }

    /// `[dbo].[t]` of SQL Server; `integer[]` of PostgreSQL.
    private mutating func bracket(at offset: Int) {
        if !statement.isInRows && statement.depth == 0
            && ["into", "table", "use", "insert", "exists"].contains(statement.previous.1)
        {
            sign(.sqlServer, .exclusive, "a name in brackets", at: offset)
        } else if isCreateTable && statement.elementTokens >= 2 && (self.byte(offset + 1) == UInt8(ascii: "]")) {
            sign(.postgresql, .exclusive, "the type of an array", at: offset)
        }
    }
}
