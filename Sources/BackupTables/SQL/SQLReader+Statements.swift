import BackupBytes

/// What each statement means for the rows that follow.
extension SQLReader {
    var lexer: SQLLexer {
        var lexer = unsafe SQLLexer(buffer.bytes, from: buffer.slab.start, isWhole: buffer.isAtEnd, dialect: session.dialect)
        lexer.delimiter = session.delimiter
        return lexer
    }

    /// false at the end of the text.
    func nextStatement() throws -> Bool {
        if let head = lastHead, unsafe buffer.bytes[buffer.slab.start...].starts(with: head.text) {
            try use(head.layout)
            layoutOrigin = head.origin
            buffer.advance(to: buffer.slab.start + head.text.count)
            hasTuples = false
            mode = .tuples(head.layout.table, columns: nil)
            return true
        }
        var lexer = lexer
        var parser = SQLStatementParser(lexer, context: session.context(catalog))
        do {
            try lexer.skipSpace()
            let start = lexer.position
            noteClosingLine(in: buffer.slab.start ..< start)
            if start == buffer.slab.end { return false }
            let statement = try parser.parse()
            session.dialect.ansiQuotes = parser.lexer.dialect.ansiQuotes
            buffer.advance(to: parser.lexer.position)
            try perform(statement, from: start)
            if parser.isCut { noteCut(in: statement) }
            return true
        } catch is SQLIncomplete {
            try more()
            return true
        }
    }

    func noteCut(in statement: SQLStatement) {
        switch statement {
        case .createTable: break  // SHOW CREATE TABLE writes no `;`
        case .copy: break  // its lines are missed
        default: waiting.append(.cut("the last statement has no end: the file may have been cut"))
        }
    }

    func noteClosingLine(in comments: Range<Int>) {
        guard let line = session.closingLine, comments.count >= line.utf8.count else { return }
        if unsafe UnsafeRawBufferPointer(rebasing: buffer.bytes[comments]).contains(line) { isClosed = true }
    }

    /// Said once, at the end, of a dump that lacks its last line.
    func missingEnd() -> RowEvent? {
        guard let line = session.closingLine, !isClosed else { return nil }
        isClosed = true
        return .cut("the dump does not end with “\(line)”: it may have been cut")
    }

    func perform(_ statement: SQLStatement, from start: Int) throws {
        switch statement {
        case .insert(let name, let columns):
            let table = session.resolve(name)
            pendingHead = unsafe [UInt8](buffer.bytes[start ..< buffer.slab.start])
            if let columns { try use(sqlLayout(table, columns: columns, fieldCount: columns.count)) } else { try endBatch() }
            hasTuples = false
            mode = .tuples(table, columns: columns)
            return
        case .insertDefaults(let name):
            try use(sqlLayout(session.resolve(name), columns: [], fieldCount: 0))
            if marks.isFull { try endBatch() }
            marks.appendEmptyRow(at: buffer.slab.start)  // `start` is of a slab that may be gone by now
        case .insertExpression(let name):
            try fault(.notALiteral, session.resolve(name), at: start, record: start ..< buffer.slab.start)
        case .copy(let name, let columns, let dialect):
            var dialect = dialect  // With the line ends of Windows, perhaps: a carriage return of a value is written as an escape.
            if dialect.newline == .lf, unsafe buffer.bytes[..<buffer.slab.start].suffix(2).elementsEqual([0x0D, 0x0A]) { dialect.newline = .lfOrCRLF }
            try use(copyLayout(session.resolve(name), columns: columns, dialect))
            mode = .copy(dialect, skipsHeader: dialect.hasHeader)
        case .copyOptions(let name):
            try fault(.notALiteral, session.resolve(name), at: start, record: start ..< buffer.slab.start)
        case .createTable(let schema):
            var schema = schema
            schema.name = session.resolve(schema.name)
            if try catalog.isView(schema.name) { return }  // a stand-in
            if let why = schema.unreadable {
                waiting.append(.warning("the CREATE TABLE of \(schema.name) at byte \(buffer.slabOffset + start) cannot be read: \(why)"))
                if try catalog.schema(of: schema.name) != nil { return }
            }
            try catalog.declare(schema)
            forgetLayouts()
            waiting.append(.declared(schema))
        case .unreadableTable(let why):
            waiting.append(.warning("a CREATE TABLE at byte \(buffer.slabOffset + start) cannot be read: \(why)"))
        case .createView(let name):
            let view = session.resolve(name)
            try catalog.declareView(view)
            waiting.append(.view(view))
        case .createDomain(let name, let kind): catalog.declareDomain(name, kind)
        case .connect(let name), .use(let name):
            session.database = name
            lastHead = nil
        case .searchPath(let schema): session.schema = schema
        case .delimiter(let text): session.delimiter = text
        case .setting(let name, let value): try set(name, value)
        case .change(let verb):
            waiting.append(.warning("a statement at byte \(buffer.slabOffset + start) changes rows and is not carried out: \(verb)"))
        case .other: break
        }
    }

    func set(_ name: String, _ value: String) throws {
        forgetLayouts()
        let charset = session.set(name, value)
        if isDecoded { session.dialect.charset = nil }  // the file's mark, or the user, has said it
        guard let charset, !isDecoded else { return }
        guard let charset = Charset(named: charset) else {
            waiting.append(.warning("the charset \(charset) is not known; the text is taken for UTF-8"))
            return
        }
        try endBatch()
        try buffer.decode(charset)  // PostgreSQL: all that follows is in it
    }

    func forgetLayouts() {
        layouts.removeAll()
        lastHead = nil
    }

    /// The statement goes on past the bytes at hand.
    func more() throws {
        if !marks.isEmpty {
            try endBatch()
        } else {
            do { try buffer.fill() } catch let long as RecordTooLong { throw long }
        }
    }
}
