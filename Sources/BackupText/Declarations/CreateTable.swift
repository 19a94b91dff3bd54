import BackupBytes
import BackupRows

/// Reads CREATE TABLE for what rows need: names, types, charsets, which columns are computed.
struct CreateTable {
    /// MariaDB's `CREATE TABLE … SEQUENCE=1`: not a table of rows.
    struct Sequence: Error { let name: TableName }

    /// Why a statement that begins as CREATE TABLE could not be read.
    struct Unreadable: Error {
        let why: String
        /// The table, if its name can be read.
        var table: TableName?
    }

    /// What the export has declared so far that a table may refer to.
    struct Context {
        /// PostgreSQL's types.
        var types: () -> PostgresTypeScope = { PostgresTypeScope() }
        /// Columns of tables seen before, by their names as written, for INHERITS, PARTITION OF and LIKE.
        var tables: (TableName) throws -> [Column]? = { _ in nil }
    }

    private var lexer: SQLLexer
    private let context: Context
    private var token: SQLToken
    private var name: TableName?
    private var isMySQL: Bool { lexer.dialect.family == .mysql }

    /// `lexer` stands after the word TABLE (and IF NOT EXISTS).
    static func parse(_ lexer: SQLLexer, context: Context) throws -> TableSchema? {
        var parser = CreateTable(lexer: lexer, context: context, token: SQLToken(kind: .end, range: 0 ..< 0))
        do {
            return try parser.table()
        } catch is SQLIncomplete {
            throw Unreadable(why: "the statement ends too early", table: parser.name)
        } catch let error as Unreadable {
            throw Unreadable(why: error.why, table: parser.name)
        }
    }

    /// Never past the statement's end, however broken the statement is.
    private mutating func advance() throws {
        if token.kind == .end && !token.range.isEmpty { return }
        token = try lexer.next()
    }
    private var word: String { lexer.word(token) }
    private var symbol: UInt8? { lexer.symbol(token) }

    private mutating func table() throws -> TableSchema? {
        try advance()
        let name = try qualifiedName()
        self.name = name
        var columns: [Column] = []
        if word == "partition" {  // PARTITION OF parent
            try advance()
            try advance()
            return TableSchema(name: name, columns: try columnsOf(parent: qualifiedName()))
        }
        if word == "like" || word == "of" {
            try advance()
            return TableSchema(name: name, columns: try columnsOf(parent: qualifiedName()))
        }
        if word == "as" || word == "select" { throw Unreadable(why: "CREATE TABLE … AS SELECT declares no columns") }
        guard symbol == UInt8(ascii: "(") else { throw Unreadable(why: "no list of columns") }
        try advance()
        while symbol != UInt8(ascii: ")") {
            guard token.kind != .end else { throw Unreadable(why: "the list of columns does not end") }
            if let column = try columnOrConstraint() { columns.append(contentsOf: column) }
            if symbol == UInt8(ascii: ",") { try advance() }
        }
        try advance()
        let options = try tableOptions()
        if options.isSequence { throw Sequence(name: name) }
        if let parents = options.parents {
            var inherited: [Column] = []
            for parent in parents {
                let known = try columnsOf(parent: parent)
                inherited += known.without(inherited)
            }
            columns = inherited + columns.without(inherited)
        }
        if isMySQL { columns = columns.map { $0.filling(charset: options.charset) } }
        return TableSchema(name: name, columns: columns)
    }

    private func columnsOf(parent: TableName) throws -> [Column] {
        guard let columns = try context.tables(parent) else {
            throw Unreadable(why: "its columns come from \(parent), which is not known yet")
        }
        return columns
    }

    /// `a`, `a.b`, `a.b.c`, quoted or not.
    private mutating func qualifiedName() throws -> TableName {
        var parts: [String] = []
        while true {
            guard [.word, .quotedName, .number].contains(token.kind) || (token.kind == .string && isMySQL) else {
                throw Unreadable(why: "a name is missing")
            }
            parts.append(lexer.name(token))
            try advance()
            guard symbol == UInt8(ascii: ".") else { break }
            try advance()
        }
        return TableName(parts: parts, family: lexer.dialect.family)
    }

    // MARK: One item of the list

    private mutating func columnOrConstraint() throws -> [Column]? {
        if try TableItem(token, lexer) == .constraint {
            try skipItem()
            return nil
        }
        if token.kind == .word && word == "like" {
            try advance()
            let columns = try columnsOf(parent: qualifiedName())
            try skipItem()
            return columns
        }
        guard [.word, .quotedName].contains(token.kind) || (token.kind == .string && isMySQL) else {
            throw Unreadable(why: "“\(lexer.excerpt(from: token.range.lowerBound))” stands where a column belongs")
        }
        let name = lexer.name(token)
        let start = token.range.lowerBound
        try advance()
        return [isMySQL ? try mysqlColumn(name, from: start) : try postgresColumn(name)]
    }

    /// To the comma or bracket that ends the item.
    private mutating func skipItem(_ visit: (SQLLexer, SQLToken, _ depth: Int) -> Void = { _, _, _ in }) throws {
        var depth = 0
        while token.kind != .end {
            if symbol == UInt8(ascii: "(") { depth += 1 }
            if symbol == UInt8(ascii: ")") {
                if depth == 0 { return }
                depth -= 1
            }
            if symbol == UInt8(ascii: ",") && depth == 0 { return }
            visit(lexer, token, depth)
            try advance()
        }
        throw Unreadable(why: "the list of columns does not end")
    }

    private mutating func mysqlColumn(_ name: String, from itemStart: Int) throws -> Column {
        var start = token.range.lowerBound
        // MariaDB in another mode: mariadb_schema.date is its own DATE, and not that of the mode
        if word.hasSuffix("_schema") {
            try advance()
            guard symbol == UInt8(ascii: ".") else {
                throw Unreadable(
                    why: "“\(lexer.excerpt(from: itemStart))” is neither a column of a type that is known nor a key")
            }
            try advance()
            start = token.range.lowerBound
        }
        var end = start, words: [String] = [], argument: Int?
        // The type: words, brackets, and what still belongs to it.
        let typeWords: Set<String> = [
            "unsigned", "signed", "zerofill", "varying", "varbinary", "varchar", "precision", "byte",
        ]
        repeat {
            words.append(word)
            end = token.range.upperBound
            try advance()
            if symbol == UInt8(ascii: "(") && argument == nil {
                (argument, end) = try bracket()
            }
        } while typeWords.contains(word) || (words == ["national"] && ["char", "character"].contains(word))

        if !MySQLTypes.isKnown(words) {
            throw Unreadable(
                why: "“\(lexer.excerpt(from: itemStart))” is neither a column of a type that is known nor a key")
        }
        var attributes = MySQLColumnAttributes(ofColumn: name)
        try skipItem { attributes.read($1, $0, depth: $2) }
        let charset = attributes.charset
        let kind = attributes.isJSON ? .json : MySQLTypes.kind(words: words, argument: argument, charset: charset)
        var column = Column(
            name: name, type: lexer.source(start ..< end), kind: kind, isGenerated: attributes.isGenerated,
            isInvisible: attributes.isInvisible)
        column.isNotNull = attributes.isNotNull
        return column
    }

    private static let postgresTypeEnds: Set<String> = [
        "collate", "default", "not", "null", "generated", "constraint", "primary", "unique", "check", "references",
        "storage",
        "compression", "options", "encoding",
    ]

    private mutating func postgresColumn(_ name: String) throws -> Column {
        let start = token.range.lowerBound
        let (type, end) = try postgresType()
        var isGenerated = false, previous = ""
        try skipItem { lexer, token, depth in
            let word = lexer.word(token)
            guard depth == 0 || previous == "as" else { return }
            // GENERATED ALWAYS AS (…) STORED is computed; GENERATED … AS IDENTITY is data.
            if previous == "as" { isGenerated = word != "identity" }
            previous = word
        }
        let kind = context.types().kind(of: type)
        var column = Column(
            name: name, type: lexer.source(start ..< end), kind: kind ?? type.ownForm, isGenerated: isGenerated,
            awaitedType: kind == nil ? type : nil)
        if let written = CastType(column.type), written.family == .char, let count = written.length, count > 0 {
            column.charCount = count
        }
        return column
    }

    /// A type without its arguments, and where it ends.
    private mutating func postgresType() throws -> (PostgresTypeName, end: Int) {
        var end = token.range.lowerBound, type = PostgresTypeName()
        while token.kind != .end, symbol != UInt8(ascii: ","), symbol != UInt8(ascii: ")"),
            !(token.kind == .word && Self.postgresTypeEnds.contains(word))
        {
            end = token.range.upperBound
            switch symbol {
            case UInt8(ascii: "("):
                (_, end) = try bracket()
                continue
            case UInt8(ascii: "["): type.dimensions += 1
            case UInt8(ascii: "."): (type.schema, type.name) = (type.name, "")
            // `integer ARRAY[4]`
            case nil where token.kind == .word && word == "array" && !type.name.isEmpty: type.dimensions += 1
            case nil where token.kind != .number: type.append(lexer.name(token))
            default: break
            }
            try advance()
        }
        return (type, end)
    }

    /// `( … )` from its opening bracket: the first number in it, and where it ends.
    private mutating func bracket() throws -> (Int?, Int) {
        var depth = 0, number: Int?
        while token.kind != .end {
            if symbol == UInt8(ascii: "(") { depth += 1 }
            if symbol == UInt8(ascii: ")") { depth -= 1 }
            if token.kind == .number && number == nil { number = Int(lexer.text(token)) }
            let end = token.range.upperBound
            try advance()
            if depth == 0 { return (number, end) }
        }
        throw Unreadable(why: "a bracket is not closed")
    }

    // MARK: After the list

    private mutating func tableOptions() throws -> (charset: String?, parents: [TableName]?, isSequence: Bool) {
        var charset: String?, parents: [TableName]?, isSequence = false, previous = ""
        while token.kind != .end {
            let word = word
            if word == "inherits" && !isMySQL {
                try advance()
                parents = []
                repeat {
                    try advance()
                    parents?.append(try qualifiedName())
                } while symbol == UInt8(ascii: ",")
                continue
            }
            if symbol == UInt8(ascii: "=") {
                try advance()
                continue
            }
            if previous == "sequence" && lexer.text(token) == "1" { isSequence = true }
            if previous == "charset" || previous == "set" { charset = lexer.text(token).lowercased() }
            if previous == "collate" && charset == nil {
                charset = MySQLColumnAttributes.charset(ofCollation: lexer.text(token).lowercased())
            }
            previous = word
            try advance()
        }
        return (charset, parents, isSequence)
    }
}

extension [Column] {
    fileprivate func without(_ others: [Column]) -> [Column] {
        let names = Set(others.map { ExactText($0.name) })
        return filter { !names.contains(ExactText($0.name)) }
    }
}

extension Column {
    /// Text columns without a charset of their own have the table's.
    fileprivate func filling(charset: String?) -> Column {
        guard let charset else { return self }
        var filled = self
        switch kind {
        case .text(nil): filled.kind = .text(charset: charset)
        case .words(nil): filled.kind = .words(charset: charset)
        default: break
        }
        return filled
    }
}

extension TableName {
    /// From the parts of a qualified name, as each family nests them.
    init(parts: [String], family: SQLDialect.Family) {
        let table = parts.last ?? ""
        let outer = Array(parts.dropLast())
        switch family {
        case .mysql: self.init(database: outer.last, table: table)
        case .postgresql:
            self.init(database: outer.count > 1 ? outer[outer.count - 2] : nil, schema: outer.last, table: table)
        }
    }
}

extension SQLLexer {
    /// The text as it stands, on one line.
    func source(_ range: Range<Int>) -> String {
        unsafe String(decoding: bytes[range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(
            separator: " ")
    }

    /// The text from `start` on, as much as a message holds.
    func excerpt(from start: Int) -> String {
        let limit = 60
        let text = unsafe source(start ..< min(start + 4 * limit, bytes.count))
        return text.count > limit ? "\(text.prefix(limit))…" : text
    }
}
