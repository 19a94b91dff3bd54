import BackupBytes
import BackupRows

/// What each statement means for the rows that follow.
extension SQLReader {
    var lexer: SQLLexer {
        var lexer = unsafe SQLLexer(
            buffer.bytes, from: buffer.slab.start, isWhole: buffer.isAtEnd, dialect: session.dialect)
        lexer.delimiter = session.delimiter
        return lexer
    }

    /// Everything before `position` has been read.
    func advance(to position: Int) {
        unsafe lines.pass(
            UnsafeRawBufferPointer(rebasing: buffer.bytes[buffer.slab.start ..< position]), at: buffer.offset)
        buffer.advance(to: position)
    }

    /// false at the end of the text.
    func nextStatement() throws -> Bool {
        if heads.canFind, try markStatements() { return true }
        var lexer = lexer
        var parser = SQLStatementParser(
            lexer, context: session.context(catalog), skipsUnknown: setup.skipsUnknownStatements)
        do {
            try lexer.skipSpace(atStatement: true)
            let start = lexer.position
            noteClosingLine(in: buffer.slab.start ..< start)
            if start == buffer.slab.end { return false }
            let statement = try parser.parse()
            if let (reason, position) = parser.failure {
                try end(with: failure(reason, at: position))
                return true
            }
            if parser.lexer.dialect.ansiQuotes && !session.dialect.ansiQuotes { session.noteANSIQuotes() }
            advance(to: parser.lexer.position)
            do { try perform(statement, from: start) } catch let error as StatementError {
                try end(with: error)
                return true
            }
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
        case .copy, .unknown: break  // its lines are missed; nobody knows its end
        default: waiting.append(.cut("the last statement has no end: the file may have been cut"))
        }
    }

    func noteClosingLine(in comments: Range<Int>) {
        guard let line = session.closingLine, comments.count >= line.utf8.count else { return }
        if unsafe UnsafeRawBufferPointer(rebasing: buffer.bytes[comments]).contains(line) { isClosed = true }
    }

    /// Said once, at the end: what was passed over, and that the dump lacks its end.
    func lastEvent() -> RowEvent? {
        if let (table, what) = session.removals.min(by: { $0.key.key < $1.key.key }) {
            session.removals[table] = nil
            return .removes(table, what: what, isForGood: true)
        }
        if let (text, table) = session.tally.takeWarning() { return .note(text, table) }
        if session.hasUncommittedRows {
            session.transaction = SQLSession.Transaction()
            return .cut("the last transaction is not committed: the file may have been cut")
        }
        guard let line = session.closingLine, !isClosed else { return nil }
        isClosed = true
        return .cut("the dump does not end with “\(line)”: it may have been cut")
    }

    func perform(_ statement: SQLStatement, from start: Int) throws {
        switch statement {
        case .insert(let name, let columns):
            try beginInsert(into: resolved(name), columns, at: start)
        case .insertDefaults(let name): try insertDefaults(into: resolved(name))
        case .insertExpression(let name):
            try fault(.notALiteral, resolved(name), at: start, record: start ..< buffer.slab.start)
        case .copy(let name, let columns, let options): try beginCopy(resolved(name), columns, options, at: start)
        case .createTable, .unreadableTable, .createView, .createSequence, .createType, .createSchema, .dropTables,
            .dropViews, .dropNamespaces, .emptyTables, .renameTables, .alterTable:
            session.commitImplicitly()
            try declare(statement, at: start)
        case .use(let name):
            session.database = name
            forgetLayouts()
        case .connect(let database, let user):
            session.database = database ?? session.database
            session.path = SearchPath()
            session.path.user = user
            session.temporaryTables = []
            forgetLayouts()
        case .searchPath(let entries, let isLocal):
            session.setPath(entries, isLocal: isLocal)
            forgetLayouts()
        case .user(let name):
            session.path.user = name
            forgetLayouts()
        case .delimiter(let text): session.delimiter = text
        case .settings(let settings): try set(settings, at: start)
        case .transaction(let step): try end(step, at: start)
        case .notCarriedOut(let statement, let table):
            session.tally.add(statement, table: try table.flatMap(known), first: "byte \(buffer.slabOffset + start)")
        case .unknown(let table):
            let excerpt = unsafe StatementError.excerpt(buffer.bytes[start ..< buffer.slab.start])
            session.tally.add(
                .unknown, table: try table.flatMap(known), first: "byte \(buffer.slabOffset + start), \(excerpt)")
        case .createDatabase, .other: break
        }
    }

    /// The table's full name, where the file has declared it or has rows of it.
    private func known(_ name: TableName) throws -> TableName? {
        guard let table = try? session.resolve(name, catalog) else { return nil }
        return try catalog.rowCount(of: table, in: setup.origin) == nil ? nil : table
    }

    // MARK: Settings and transactions

    private func set(_ settings: [Setting], at start: Int) throws {
        let before = session.dialect, path = session.path
        var charset: String?
        do { charset = try session.apply(settings) } catch {
            switch error {
            case .unknownCharset where isDecoded: break
            case .unknownCharset(let name): throw try failure(.unknownCharset(name), at: start)
            case .unknownValue(let name):
                guard setup.skipsUnknownStatements else { throw try failure(.unknownValue(of: name), at: start) }
                let excerpt = unsafe StatementError.excerpt(buffer.bytes[start ..< buffer.slab.start])
                session.tally.add(.unknown, table: nil, first: "byte \(buffer.slabOffset + start), \(excerpt)")
                return
            }
        }
        if isDecoded { session.dialect.charset = nil }  // the file's mark, or the user, has said it
        if session.dialect != before || session.path != path { forgetLayouts() }
        try decode(charset)
    }

    /// PostgreSQL: all that follows is in this charset.
    private func decode(_ name: String?) throws {
        guard let name, !isDecoded else { return }
        let charset = try Charset(declared: name, family: .postgresql)
        try endBatch()
        try buffer.decode(charset)
    }

    private func end(_ step: TransactionStep, at start: Int) throws {
        let before = session.dialect, path = session.path
        var charset: String?
        switch step {
        case .begin: charset = session.begin()
        case .commit: charset = session.commit()
        case .rollback:
            if session.hasUncommittedRows { throw try failure(.changesRows("ROLLBACK takes rows back"), at: start) }
            charset = session.rollBack()
        case .rollbackToSavepoint:
            if session.hasUncommittedRows { throw try failure(.changesRows("ROLLBACK takes rows back"), at: start) }
        }
        if session.dialect != before || session.path != path { forgetLayouts() }
        try decode(charset)
    }

    // MARK: COPY

    private func beginCopy(_ table: TableName, _ columns: [String]?, _ options: CopyOptions, at start: Int) throws {
        var options = options
        if let encoding = options.encoding, !isDecoded {
            guard let charset = try? Charset(declared: encoding, family: .postgresql) else {
                throw try failure(.unknownCharset(encoding), at: start)
            }
            try endBatch()
            try buffer.decode(charset)
        }
        // With the line ends of Windows, perhaps: a carriage return of a value is written as an escape.
        if options.dialect.newline == .lf,
            unsafe buffer.bytes[..<buffer.slab.start].suffix(2).elementsEqual([0x0D, 0x0A])
        {
            options.dialect.newline = .lfOrCRLF
        }
        let origin = CopyOrigin(table: table, columns: columns, dialect: options.dialect)
        let layout = try copyLayout(origin)
        try endBatch()
        marks.clear()  // of heads that had no rows
        copy = (layout, origin)
        session.noteRows()
        mode = .copy(options, skipsHeader: options.dialect.hasHeader)
        // A table that nobody has declared is there, even without rows.
        if try catalog.rowCount(of: table, in: setup.origin) == nil, try catalog.schema(of: table) == nil {
            try catalog.meet(table, in: setup.origin)
            waiting.append(.met(table, layout.columns))
        }
    }

    /// After the last line of a COPY with a charset of its own.
    func endCopy(_ options: CopyOptions) throws {
        mode = .statements
        if options.encoding != nil { try decode(session.encoding ?? "UTF8") }
    }

    /// What names and layouts were made of has changed.
    func forgetLayouts() {
        layouts.removeAll()
        resolvedNames.removeAll()
        facts.removeAll()
        heads.hide()
        lastHead = nil
    }

    /// The table that rows are for.
    func resolved(_ name: TableName) throws -> TableName {
        if let known = resolvedNames[name] { return known }
        let table = try session.resolve(name, catalog, inAnyCase: true)
        if session.dialect.family == .mysql, table.table.utf8.count == name.table.utf8.count,
            !table.table.utf8.elementsEqual(name.table.utf8)
        {
            waiting.append(
                .warning(
                    "rows of “\(name)” are taken for the table “\(table)”, whose declaration is written in another case"
                ))
        }
        if resolvedNames.count >= Self.layoutLimit { resolvedNames.removeAll() }
        resolvedNames[name] = table
        return table
    }

    /// The statement continues past the bytes at hand.
    func more() throws {
        if !marks.isEmpty {
            try endBatch()
        } else {
            do { try buffer.fill() } catch let long as RecordTooLong { throw long }
        }
    }

    // MARK: Failures

    /// What came before it goes out first.
    func end(with error: StatementError) throws {
        ending = error
        try endBatch()
    }

    /// The error for what stands at `position`; more bytes are asked for until its first line is there.
    func failure(_ reason: StatementError.Reason, at position: Int, of table: TableName? = nil) throws -> StatementError
    {
        let bytes = unsafe buffer.bytes[position...]
        if unsafe bytes.count < StatementError.excerptLimit && !buffer.isAtEnd && !bytes.contains(0x0A)
            && position >= buffer.slab.start
        {
            throw SQLIncomplete()
        }
        let before = min(buffer.slab.start, position)
        let line = unsafe lines.line(
            after: .init(rebasing: buffer.bytes[before ..< position]),
            passed: .init(rebasing: buffer.bytes[before ..< buffer.slab.start]))
        return unsafe StatementError(
            reason: reason, table: table, offset: buffer.slabOffset + position, line: line,
            text: StatementError.excerpt(bytes))
    }
}
