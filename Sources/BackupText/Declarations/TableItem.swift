import BackupRows

/// What an item of CREATE TABLE's list is: a column, or a key, an index or another constraint of whatever kind. What
/// follows its first word decides, for many kinds of keys are named by words that may be columns, too.
///
///     `global` int                  column: a quoted name
///     global int                    column: a type follows
///     GLOBAL INDEX `g` (`a`)        key: a type is never called INDEX or KEY
enum TableItem: Equatable {
    case column, constraint

    /// Words that name no column without quotes.
    private static let mysqlReserved: Set<String> = [
        "primary", "key", "index", "unique", "fulltext", "spatial", "constraint", "foreign", "check",
    ]
    private static let postgresReserved: Set<String> = ["primary", "unique", "constraint", "foreign", "check", "not"]

    /// Kinds of keys whose words may be columns: MariaDB's, TokuDB's, and those of PolarDB-X, OceanBase, TiDB and
    /// SingleStore.
    private static let keyKinds: Set<String> = [
        "vector", "clustering", "clustered", "nonclustered", "columnar", "columnstore", "global", "local", "external",
        "shard", "sort", "hash",
    ]

    /// `lexer` stands after the item's first token.
    init(_ first: SQLToken, _ lexer: SQLLexer) throws(SQLIncomplete) {
        self = .column
        guard first.kind == .word else { return }
        var ahead = lexer
        let word = lexer.word(first), second = try ahead.next()
        if lexer.dialect.family == .postgresql {
            let isExclude =
                word == "exclude" && (ahead.word(second) == "using" || ahead.symbol(second) == UInt8(ascii: "("))
            if Self.postgresReserved.contains(word) || isExclude { self = .constraint }
            return
        }
        let follows = ahead.word(second)
        if Self.mysqlReserved.contains(word) || (word == "period" && follows == "for") || Self.isKey(follows) {
            self = .constraint
        }
        guard Self.keyKinds.contains(word) else { return }
        if second.kind == .quotedName || ahead.symbol(second) == UInt8(ascii: "(")
            || ["unique", "fulltext", "spatial"].contains(follows)
        {
            self = .constraint
        } else if Self.keyKinds.contains(follows), try Self.isKey(ahead.word(ahead.next())) {
            self = .constraint
        }
    }

    private static func isKey(_ word: String) -> Bool { word == "key" || word == "index" }
}
