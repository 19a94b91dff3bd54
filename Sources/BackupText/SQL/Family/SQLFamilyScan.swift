import BackupRows

/// Goes through the head of a file of SQL as one family would read it, and notes what shows who wrote it.
///
///     INSERT INTO `t` VALUES (1,'it\'s');          as MySQL: one string, it's
///                 ^ a sign          ^ from here on the families cut the text otherwise
///                                              as PostgreSQL: the string it\, then the word s, which is no SQL
///
/// Signs stand where statements stand: what lies in strings, in comments (but for the one at the head) and in the lines
/// of COPY is none. Both families' scans walk in step up to the first byte where they would cut the text differently.
@safe struct SQLFamilyScan {
    let bytes: UnsafeRawBufferPointer
    let isWhole: Bool
    /// As whom it reads.
    let family: SQLDialect.Family
    var position = 0
    var signs: [SQLSign] = []
    /// From here on the other family may cut the text otherwise.
    private(set) var divergence: Int?
    /// What the other family would read as another value.
    private(set) var difference: SQLDifference?
    /// Where the text is no SQL in this family's reading.
    private(set) var breakage: Int?
    var statement = Statement()
    private var delimiter: [UInt8] = [UInt8(ascii: ";")]

    /// What is known of the statement that is being read.
    struct Statement {
        var start = 0
        /// The first words in lower case; a quoted name is an empty one.
        var words: [String] = []
        /// The last two words, wherever they stand.
        var previous = ("", "")
        var depth = 0
        /// After VALUES.
        var isInRows = false
        /// Tokens of the current element of CREATE TABLE's list.
        var elementTokens = 0
        /// The token before is a string among the values.
        var followsString = false
        var copiesFromStdin = false
        var isEmpty = true
    }

    /// `isWhole`: nothing follows the bytes.
    init(_ bytes: UnsafeRawBufferPointer, isWhole: Bool, as family: SQLDialect.Family) {
        unsafe self.bytes = unsafe bytes
        self.isWhole = isWhole
        self.family = family
    }

    mutating func run() {
        readHead()
        if let banner = signs.first(where: { $0.weight == .banner }), signs.allSatisfy({ $0.product == banner.product })
        {
            return
        }
        while unsafe position < bytes.count { step() }
    }

    // MARK: Pieces

    private var endOfBytes: Int { unsafe bytes.count }
    func byte(_ at: Int) -> UInt8 { unsafe at < bytes.count ? bytes[at] : 0 }

    private func lineEnd(from start: Int) -> Int {
        var at = start
        while unsafe at < bytes.count && bytes[at] != 0x0A { at += 1 }
        return at
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    mutating func noteDivergence(at offset: Int) { divergence = divergence ?? offset }

    mutating func noteDifference(_ what: String, at offset: Int) {
        if difference == nil { difference = SQLDifference(what: what, offset: offset) }
    }

    mutating func noteBreakage(at offset: Int) { breakage = breakage ?? offset }

    /// The comments before the first statement.
    mutating func readHead() {
        if unsafe bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        while unsafe position < bytes.count {
            let first = unsafe bytes[position], start = position
            if Self.isSpace(first) {
                position += 1
                continue
            }
            if first == UInt8(ascii: "#") || (first == UInt8(ascii: "-") && byte(start + 1) == UInt8(ascii: "-")) {
                position = lineEnd(from: start)
            } else if first == UInt8(ascii: "/"), byte(start + 1) == UInt8(ascii: "*"), !isConditional(start) {
                skipComment()
            } else {
                return
            }
            unsafe signs += SQLBanner.signs(in: .init(rebasing: bytes[start ..< position]), offset: start)
            if first == UInt8(ascii: "#") { sign(.mysql, .exclusive, "# comment", at: start) }
        }
    }

    /// `/*!…` and `/*M!…`; MariaDB's sandbox line, which is one, too, stands before the banner.
    private func isConditional(_ at: Int) -> Bool {
        let mark = byte(at + 2) == UInt8(ascii: "M") ? at + 3 : at + 2
        guard byte(mark) == UInt8(ascii: "!") else { return false }
        return unsafe !bytes[(mark + 1)...].starts(with: "999999".utf8)
    }

    private mutating func step() {
        let start = position, first = unsafe bytes[start]
        if Self.isSpace(first) {
            position += 1
            return
        }
        if unsafe bytes[start...].starts(with: delimiter) { return endStatement() }
        switch first {
        case UInt8(ascii: "'"): return string(from: start, escapes: family == .mysql)
        case UInt8(ascii: "\""): return doubleQuoted()
        case UInt8(ascii: "`"):
            sign(.mysql, .exclusive, "`", at: start)
            quoted(from: start, escapes: false)
            return name()
        case UInt8(ascii: "#"): return hash()
        case UInt8(ascii: "-") where byte(start + 1) == UInt8(ascii: "-"): return dashes()
        case UInt8(ascii: "/") where byte(start + 1) == UInt8(ascii: "*"): return comment()
        case UInt8(ascii: "*") where byte(start + 1) == UInt8(ascii: "/"):
            position += 2
            return
        case UInt8(ascii: "$"): if dollarQuoted() { return }
        case UInt8(ascii: "\\") where statement.isEmpty: return metaCommand()
        default: break
        }
        begin(at: start)
        if SQLLexer.isWord(first) { return word() }
        position += 1
        symbol(first, at: start)
    }

    private mutating func begin(at start: Int) {
        if statement.isEmpty { statement.start = start }
        statement.isEmpty = false
    }

    private mutating func endStatement() {
        position += delimiter.count
        if statement.copiesFromStdin { skipLines() }
        statement = Statement()
    }

    /// The lines of COPY, to `\.`.
    private mutating func skipLines() {
        position = min(lineEnd(from: position) + 1, endOfBytes)
        while unsafe position < bytes.count {
            let end = lineEnd(from: position)
            let isEnd =
                byte(position) == UInt8(ascii: "\\") && byte(position + 1) == UInt8(ascii: ".") && end - position <= 3
            position = min(end + 1, endOfBytes)
            if isEnd { return }
        }
    }

    // MARK: Strings and names

    private mutating func string(from quote: Int, escapes: Bool) {
        begin(at: position)
        let start = position
        position = quote
        let hasBackslash = quoted(from: quote, escapes: escapes)
        if statement.isInRows {
            if hasBackslash { noteDifference("a backslash in a string", at: start) }
            statement.followsString = true
        } else if statement.words.last == "comment", statement.depth > 0 {
            sign(.mysql, .exclusive, "COMMENT '…'", at: start)
        }
        statement.elementTokens += 1
    }

    private mutating func doubleQuoted() {
        let start = position
        begin(at: start)
        let hasBackslash = quoted(from: start, escapes: family == .mysql)
        if statement.isInRows && statement.depth > 0 {
            sign(.mysql, .exclusive, "a value in double quotes", at: start)
            if hasBackslash { noteDifference("a backslash in a string", at: start) }
        }
        name()
    }

    /// To the closing quote; whether there was a backslash. `\'` is where the families part.
    @discardableResult
    private mutating func quoted(from start: Int, escapes: Bool) -> Bool {
        let quote = unsafe bytes[start], isName = quote == UInt8(ascii: "`")
        var hasBackslash = false
        position = start + 1
        while unsafe position < bytes.count {
            let byte = unsafe bytes[position]
            if byte == UInt8(ascii: "\\") && !isName {
                hasBackslash = true
                let isBeforeQuote = self.byte(position + 1) == quote
                if isBeforeQuote { noteDivergence(at: start) }
                position += isBeforeQuote && !escapes ? 1 : 2
            } else if byte != quote {
                position += 1
            } else if self.byte(position + 1) == quote {
                position += 2
            } else {
                position += 1
                return hasBackslash
            }
        }
        position = unsafe bytes.count
        if isWhole { noteBreakage(at: start) }
        return hasBackslash
    }

    /// `$$…$$` and `$tag$…$tag$`: PostgreSQL's, and MySQL's since its version 9.
    private mutating func dollarQuoted() -> Bool {
        let start = position
        var end = start + 1
        while SQLLexer.isWord(byte(end)) && byte(end) != UInt8(ascii: "$") { end += 1 }
        guard byte(end) == UInt8(ascii: "$"), !(0x30 ... 0x39).contains(byte(start + 1)) else { return false }
        let tag = unsafe Array(bytes[start ... end])
        var at = end + 1
        while unsafe at + tag.count <= bytes.count
            && !(bytes[at] == UInt8(ascii: "$") && bytes[at...].starts(with: tag))
        { at += 1 }
        if unsafe at + tag.count > bytes.count {
            if isWhole { return false }
            position = unsafe bytes.count
        } else {
            position = at + tag.count
        }
        begin(at: start)
        if statement.words.dropFirst().first != "library" && statement.previous.1 != "javascript"
            && statement.previous.0 != "javascript"
        {
            sign(.postgresql, .typical, String(decoding: tag, as: UTF8.self), at: start)
        }
        return true
    }

    private mutating func name() {
        if !statement.isInRows { note(word: "", at: position) }
        statement.followsString = false
    }

    private mutating func word() {
        let start = position
        position += 1
        let mayHoldDelimiter = SQLLexer.isWord(delimiter[0])  // END$$
        while SQLLexer.isWord(byte(position)), unsafe !(mayHoldDelimiter && bytes[position...].starts(with: delimiter))
        { position += 1 }
        let next = byte(position), length = position - start
        if statement.followsString && statement.depth > 0 { noteBreakage(at: start) }
        statement.followsString = false
        if next == UInt8(ascii: "'") && prefixedString(from: start, length: length) { return }
        if statement.isInRows && statement.depth > 0 { return rowWord(from: start, length: length) }
        let text = unsafe length > 48 ? "" : String(decoding: bytes[start ..< position], as: UTF8.self).lowercased()
        if statement.words.isEmpty && text == "delimiter" { return setDelimiter(at: start) }
        note(word: text, at: start)
    }

    /// `E'…'`, `_utf8mb4'…'`, `X'…'`.
    private mutating func prefixedString(from start: Int, length: Int) -> Bool {
        let first = byte(start) | 0x20
        if length == 1 && first == UInt8(ascii: "e") {
            sign(.postgresql, .exclusive, "E'…'", at: start)
            let hadDifference = difference
            string(from: position, escapes: true)
            difference = hadDifference
            return true
        }
        if byte(start) == UInt8(ascii: "_") && length > 1 {
            sign(.mysql, .exclusive, "a charset before a string", at: start)
        }
        if length == 1 && statement.isInRows
            && [UInt8(ascii: "x"), UInt8(ascii: "b"), UInt8(ascii: "n")].contains(first)
        {
            noteDifference("\(Character(UnicodeScalar(byte(start))))'…'", at: start)
        }
        return false
    }

    /// A word among the values.
    private mutating func rowWord(from start: Int, length: Int) {
        let first = byte(start)
        if first == UInt8(ascii: "0") && byte(start + 1) | 0x20 == UInt8(ascii: "x") {
            noteDifference("0x…", at: start)
        }
        if first == UInt8(ascii: "_") && length > 1 && byte(position) == 0x20 && byte(position + 1) == UInt8(ascii: "'")
        {
            sign(.mysql, .exclusive, "a charset before a string", at: start)
        }
        guard length == 4 || length == 5 else { return }
        let text = unsafe String(decoding: bytes[start ..< position], as: UTF8.self).lowercased()
        if text == "true" || text == "false" { noteDifference("the value \(text.uppercased())", at: start) }
    }

    // MARK: Comments

    /// Whether anything on the rest of a line could open or end something.
    private func lineMatters(_ start: Int) -> Bool {
        unsafe bytes[start ..< lineEnd(from: start)].contains { "'\"`;$/".utf8.contains($0) }
    }

    private mutating func hash() {
        let start = position
        if statement.isEmpty {
            sign(.mysql, .exclusive, "# comment", at: start)
            position = lineEnd(from: start)
        } else {
            if lineMatters(start) { noteDivergence(at: start) }
            position = family == .mysql ? lineEnd(from: start) : start + 1
        }
    }

    /// `--` is a comment in PostgreSQL; in MySQL only before white space.
    private mutating func dashes() {
        let start = position, isBoths = byte(start + 2) <= 0x20 || statement.isEmpty
        if !isBoths && lineMatters(start) { noteDivergence(at: start) }
        position = isBoths || family == .postgresql ? lineEnd(from: start) : start + 2
    }

    private mutating func comment() {
        let start = position
        guard isConditional(start) else { return skipComment() }
        let mark = byte(start + 2) == UInt8(ascii: "M") ? start + 4 : start + 3
        var end = mark
        while (0x30 ... 0x39).contains(byte(end)) { end += 1 }
        let hasVersion = end - mark >= 5
        sign(
            .mysql, hasVersion ? .exclusive : .typical, unsafe String(decoding: bytes[start ..< end], as: UTF8.self),
            at: start)
        if !hasVersion { noteDivergence(at: start) }
        if hasVersion || family == .mysql { position = end } else { skipComment() }
    }

    private mutating func skipComment() {
        let start = position
        position += 2
        var depth = 1
        while unsafe position + 1 < bytes.count {
            let first = unsafe bytes[position], second = unsafe bytes[position + 1]
            if first == UInt8(ascii: "*") && second == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else if first == UInt8(ascii: "/") && second == UInt8(ascii: "*") {
                noteDivergence(at: start)
                if family == .postgresql { depth += 1 }
                position += 2
            } else {
                position += 1
            }
        }
        position = unsafe bytes.count
        if isWhole { noteBreakage(at: start) }
    }

    // MARK: Lines of the clients

    private mutating func setDelimiter(at start: Int) {
        let end = lineEnd(from: position)
        let text = unsafe String(decoding: bytes[position ..< end], as: UTF8.self).trimmingSpace
        if !text.isEmpty && text.utf8.count <= 16 && !text.contains(" ") {
            sign(.mysql, .exclusive, "DELIMITER \(text)", at: start)
            delimiter = Array(text.utf8)
        }
        position = end
        statement = Statement()
    }

    private static let metaCommands: Set<String> = [
        "restrict", "unrestrict", "connect", "set", "unset", "encoding", "copy", "echo", "pset", "if", "elif", "else",
        "endif", "ir", "include",
    ]

    private mutating func metaCommand() {
        let start = position, end = lineEnd(from: start)
        var at = start + 1
        while at < end && byte(at) | 0x20 >= 0x61 && byte(at) | 0x20 <= 0x7A { at += 1 }
        let command = unsafe String(decoding: bytes[start + 1 ..< at], as: UTF8.self)
        if Self.metaCommands.contains(command) { sign(.postgresql, .exclusive, "\\\(command)", at: start) }
        position = end
    }
}
