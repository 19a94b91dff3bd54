import BackupBytes
import BackupRows

/// What follows the type of a column of MySQL or MariaDB, as far as it says what the values are. It is shown the tokens
/// one by one.
struct MySQLColumnAttributes {
    private(set) var charset: String?
    private(set) var isGenerated = false
    private(set) var isInvisible = false
    private(set) var isNotNull = false
    /// It has the very check that MariaDB writes for its type JSON: ``CHECK (json_valid(`name`))``.
    private(set) var isJSON = false
    private let name: ExactText
    private var previous = "", beforePrevious = ""
    /// Tokens of that check that have been seen.
    private var checked = 0

    init(ofColumn name: String) { self.name = ExactText(name.lowercased()) }

    /// `depth`: the open brackets it stands in; a bracket counts as inside itself.
    mutating func read(_ token: SQLToken, _ lexer: SQLLexer, depth: Int) {
        followCheck(token, lexer, depth: depth)
        guard depth == 0 else { return }  // inside an expression
        let word = lexer.word(token), value = token.kind == .end ? "" : lexer.text(token).lowercased()
        let isCharacterSet = previous == "set" && ["character", "char"].contains(beforePrevious)
        if previous == "charset" || isCharacterSet { charset = charset ?? value }
        if previous == "collate" && charset == nil { charset = Self.charset(ofCollation: value) }
        if word == "as" { isGenerated = true }
        if previous == "as" && word == "row" { isGenerated = false }  // GENERATED ALWAYS AS ROW START
        if word == "invisible" { isInvisible = true }
        if previous == "not" && word == "null" { isNotNull = true }
        if word == "ascii" && previous != "set" { charset = charset ?? "latin1" }
        (beforePrevious, previous) = (previous, word)
    }

    /// `latin1_swedish_ci` is of latin1; MariaDB's `uca1400_ai_ci` is of whichever charset the column has.
    static func charset(ofCollation name: String) -> String? {
        let charset = name.split(separator: "_").first.map(String.init)
        return charset == "uca1400" ? nil : charset
    }

    private mutating func followCheck(_ token: SQLToken, _ lexer: SQLLexer, depth: Int) {
        let isNext =
            switch checked {
            case 1, 3: lexer.symbol(token) == UInt8(ascii: "(")
            case 2: lexer.word(token) == "json_valid"
            case 4:
                [.word, .quotedName, .string].contains(token.kind) && ExactText(lexer.text(token).lowercased()) == name
            case 5, 6: lexer.symbol(token) == UInt8(ascii: ")")
            default: false
            }
        checked = isNext ? checked + 1 : depth == 0 && lexer.word(token) == "check" ? 1 : 0
        if checked == 7 { isJSON = true }
    }
}
