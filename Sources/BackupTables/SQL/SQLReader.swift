import BackupBytes
import CBackupKernels

/// Reads SQL text: statements one by one, and the rows of INSERT, REPLACE and COPY as batches. Statements that declare
/// tables fill the catalog. Rows of one table from many INSERTs share a batch.
package final class SQLReader: RowReader {
    private let buffer: RecordBuffer
    private let setup: ReaderSetup
    private let catalog: SchemaCatalog
    private var session: SQLSession
    private var mode = Mode.statements
    private var marks: Marks
    /// The rows marked in `marks` belong to it.
    private var layout: RowLayout?
    private var layouts: [LayoutKey: RowLayout] = [:]
    private static var layoutLimit: Int { 64 }
    private var layoutOrigin: LayoutOrigin?
    /// The text of the last INSERT up to VALUES: most statements of a dump repeat it.
    private var lastHead: (text: [UInt8], layout: RowLayout, origin: LayoutOrigin?)?
    private var waiting: [RowEvent] = []
    private var isStarted = false

    /// `charset`: the whole file is in it, whatever it says. `database`: what the path suggests; `isDatabaseCertain`: nothing in the file may say
    /// otherwise before a USE.
    package init(
        _ source: any ByteSource, charset: Charset? = nil, dialect: SQLDialect, database: String?, isDatabaseCertain: Bool = false, schema: String? = nil,
        catalog: SchemaCatalog, setup: ReaderSetup
    ) throws {
        isDecoded = charset != nil
        buffer = try RecordBuffer(source, charset: charset, pool: setup.pool, limit: setup.recordLimit)
        self.setup = setup
        self.catalog = catalog
        session = SQLSession(
            dialect: dialect, database: database, isDatabaseCertain: isDatabaseCertain, schema: schema, binaryForm: setup.binaryForm)
        marks = setup.marks.take()
    }

    /// Goes on where another reader was; `source` gives what lies behind that place.
    package init(_ source: any ByteSource, at place: Place, catalog: SchemaCatalog, setup: ReaderSetup) throws {
        isDecoded = place.isDecoded
        buffer = try RecordBuffer(source, pool: setup.pool, limit: setup.recordLimit, at: place.text)
        self.setup = setup
        self.catalog = catalog
        session = place.session
        marks = setup.marks.take()
        isStarted = true
        mode = place.mode
        (pendingHead, hasTuples, isClosed) = (place.pendingHead, place.hasTuples, place.isClosed)
        if let text = place.lastHead, let layout = try makeLayout(place.lastHeadLayout) { lastHead = (text, layout, place.lastHeadLayout) }
        layout = try makeLayout(place.layout)
    }

    private func makeLayout(_ origin: LayoutOrigin?) throws -> RowLayout? {
        switch origin {
        case .insert(let key): try sqlLayout(key.table, columns: key.columns?.map(\.text), fieldCount: key.fieldCount)
        case .copy(let table, let columns, let dialect): try copyLayout(table, columns: columns, dialect)
        case nil: nil
        }
    }

    deinit { setup.marks.giveBack(marks) }

    package var place: ReaderPlace? {
        guard isStarted, waiting.isEmpty, marks.isEmpty, let text = buffer.place else { return nil }
        return .sql(Place(
            text: text, isDecoded: isDecoded, session: session, mode: mode, layout: layoutOrigin, lastHead: lastHead?.text,
            lastHeadLayout: lastHead?.origin, pendingHead: pendingHead, hasTuples: hasTuples, isClosed: isClosed))
    }

    package func next() throws -> RowEvent? {
        if !isStarted {
            isStarted = true
            unsafe session.readBanner(try buffer.peek(SQLSession.bannerLength))
            while buffer.slab.count < 3 && !buffer.isAtEnd { try buffer.fill() }
            if unsafe buffer.slab.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.advance(to: 3) }
        }
        while true {
            if !waiting.isEmpty { return waiting.removeFirst() }
            try buffer.ready()
            switch mode {
            case .statements: guard try nextStatement() else { return try flush() ?? missingEnd() }
            case .tuples(let table, let columns): try markTuples(table, columns)
            case .tail: try skipTail()
            case .copy(let dialect, let skipsHeader): try markLines(dialect, skipsHeader)
            }
        }
    }

    // MARK: Statements

    private var lexer: SQLLexer {
        var lexer = unsafe SQLLexer(buffer.bytes, from: buffer.slab.start, isWhole: buffer.isAtEnd, dialect: session.dialect)
        lexer.delimiter = session.delimiter
        return lexer
    }

    /// false at the end of the text.
    private func nextStatement() throws -> Bool {
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

    private func noteCut(in statement: SQLStatement) {
        switch statement {
        case .createTable: break  // SHOW CREATE TABLE writes no `;`
        case .copy: break  // its lines are missed
        default: waiting.append(.cut("the last statement has no end: the file may have been cut"))
        }
    }

    /// Whether the dump has the last line that its tool writes; known at the end.
    private var isClosed = false

    private func noteClosingLine(in comments: Range<Int>) {
        guard let line = session.closingLine, comments.count >= line.utf8.count else { return }
        if unsafe UnsafeRawBufferPointer(rebasing: buffer.bytes[comments]).contains(line) { isClosed = true }
    }

    /// Said once, at the end, of a dump that lacks its last line.
    private func missingEnd() -> RowEvent? {
        guard let line = session.closingLine, !isClosed else { return nil }
        isClosed = true
        return .cut("the dump does not end with “\(line)”: it may have been cut")
    }

    private func perform(_ statement: SQLStatement, from start: Int) throws {
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

    private func set(_ name: String, _ value: String) throws {
        forgetLayouts()
        guard let charset = session.set(name, value), !isDecoded else { return }
        guard let charset = Charset(named: charset) else {
            waiting.append(.warning("the charset \(charset) is not known; the text is taken for UTF-8"))
            return
        }
        try endBatch()
        try buffer.decode(charset)  // PostgreSQL: all that follows is in it
    }

    private func forgetLayouts() {
        layouts.removeAll()
        lastHead = nil
    }

    /// The statement goes on past the bytes at hand.
    private func more() throws {
        if !marks.isEmpty {
            try endBatch()
        } else {
            do { try buffer.fill() } catch let long as RecordTooLong { throw long }
        }
    }

    // MARK: Rows

    private var pendingHead: [UInt8] = []
    private let isDecoded: Bool
    /// The statement has shown a tuple: what follows without one is its tail.
    private var hasTuples = false

    private func markTuples(_ table: TableName, _ columns: [String]?) throws {
        var sql = session.dialect.kernel
        let before = unsafe marks.rows.count
        unsafe marks.mark { unsafe bk_mark_tuples(buffer.kernelBytes, buffer.slab.start, buffer.slab.end, buffer.isAtEnd ? 1 : 0, &sql, $0) }
        let kernel = unsafe marks.kernel
        hasTuples = unsafe hasTuples || marks.rows.count > before
        if unsafe !pendingHead.isEmpty && marks.rows.count > before {
            // Without a column list the first row tells which columns there are.
            if columns == nil { layout = try sqlLayout(table, columns: nil, fieldCount: marks.fieldRange(ofRow: before).count) }
            if let layout { lastHead = (pendingHead, layout, layoutOrigin) }
            pendingHead = []
        }
        unsafe buffer.advance(to: Int(kernel.consumed))
        switch unsafe kernel.status {
        case BK_MARK_END: mode = .statements
        case BK_MARK_TAIL: try beginTail(of: table)
        case BK_MARK_FULL: if marks.isEmpty { marks.grow() } else { try endBatch() }
        case BK_MARK_FAULT: try unsafe stepOverTuple(RowFault.Code(kernel.fault), at: Int(kernel.fault_at), table)
        default:
            if buffer.isAtEnd {
                guard unsafe buffer.slab.count == 0 || buffer.bytes[buffer.slab.start...].allSatisfy({ $0 <= 0x20 }) else {
                    try stepOverTuple(.unclosedQuote, at: buffer.slab.start, table)
                    return
                }
                waiting.append(.cut("the last INSERT has no end: the file may have been cut"))
                mode = .statements
            } else {
                try more()
            }
        }
    }

    private func markLines(_ dialect: CSVDialect, _ skipsHeader: Bool) throws {
        var csv = unsafe dialect.kernel
        unsafe marks.mark { unsafe bk_mark_csv(buffer.kernelBytes, buffer.slab.start, buffer.slab.end, buffer.isAtEnd ? 1 : 0, &csv, $0) }
        unsafe buffer.advance(to: Int(marks.kernel.consumed))
        if skipsHeader && !marks.isEmpty {
            marks.dropFirstRow()
            mode = .copy(dialect, skipsHeader: false)
        }
        switch unsafe marks.kernel.status {
        case BK_MARK_END:
            try endBatch()
            mode = .statements
        case BK_MARK_FAULT: try unsafe stepOverLine(RowFault.Code(marks.kernel.fault), at: Int(marks.kernel.fault_at))
        case BK_MARK_FULL: if marks.isEmpty { marks.grow() } else { try endBatch() }
        default:
            guard buffer.isAtEnd && buffer.slab.count == 0 else { return try more() }
            try endBatch()
            waiting.append(.cut("a COPY has no end (`\\.`): the file may have been cut"))
            mode = .statements
        }
    }

    /// ON DUPLICATE KEY …, ON CONFLICT …, RETURNING …, AS new (MySQL's name for a row): anything else is damage, or an expression.
    private func beginTail(of table: TableName) throws {
        var lexer = lexer
        do {
            let token = try lexer.next()
            let isTail = token.kind == .end || ["on", "returning", "as"].contains(lexer.word(token))
            if hasTuples && isTail { mode = .tail } else { try stepOverTuple(hasTuples ? .notARow : .notALiteral, at: buffer.slab.start, table) }
        } catch is SQLIncomplete { try more() }
    }

    private func skipTail() throws {
        var lexer = lexer
        do {
            var token = try lexer.next()
            while token.kind != .end { token = try lexer.next() }
            if !lexer.isDelimiter(token) { waiting.append(.cut("the last INSERT has no end: the file may have been cut")) }
            buffer.advance(to: lexer.position)
            mode = .statements
        } catch { try more() }
    }

    // MARK: Batches

    /// Rows that follow belong to `next`; what was marked for another goes out first.
    private func use(_ next: RowLayout) throws {
        if layout !== next { try endBatch() }
        layout = next
    }

    private func endBatch() throws {
        if let event = try flush() { waiting.append(event) }
    }

    private func flush() throws -> RowEvent? {
        guard !marks.isEmpty, let layout else { return nil }
        let (slab, offset) = buffer.detach()
        let first = try catalog.count(unsafe marks.rows.count, of: layout.table, in: setup.origin) + 1
        let batch = RowBatch(layout: layout, origin: setup.origin, firstRowNumber: first, slabOffset: offset, slab: slab, marks: marks)
        batch.settleFields()
        marks = setup.marks.take()
        return .rows(batch)
    }

    private func sqlLayout(_ table: TableName, columns: [String]?, fieldCount: Int) throws -> RowLayout {
        if fieldCount > setup.columnLimit { throw TooManyColumns(limit: setup.columnLimit) }
        let key = LayoutKey(table: table, columns: columns?.map(ExactText.init), fieldCount: fieldCount, dialect: session.dialect)
        layoutOrigin = .insert(key)
        if let layout = layouts[key] { return layout }
        let schema = try catalog.schema(of: table)
        let (resolved, order) = schema.inTableOrder(schema.columns(named: columns, fieldCount: fieldCount))
        let layout = RowLayout(table: table, columns: resolved, source: .sql(session.dialect), binaryForm: session.binaryForm, options: setup.options,
            tagKey: setup.tagKey, fieldOrder: order)
        if layouts.count >= Self.layoutLimit { layouts.removeAll() }
        layouts[key] = layout
        return layout
    }

    private func copyLayout(_ table: TableName, columns: [String]?, _ dialect: CSVDialect) throws -> RowLayout {
        layoutOrigin = .copy(table, columns: columns, dialect)
        let schema = try catalog.schema(of: table)
        let (resolved, order) = schema.inTableOrder(schema.columns(named: columns, fieldCount: nil))
        return RowLayout(table: table, columns: resolved, source: .csv(dialect), options: setup.options, tagKey: setup.tagKey, fieldOrder: order)
    }

    // MARK: Faults

    private func fault(_ code: RowFault.Code, _ table: TableName, at position: Int, record: Range<Int>) throws {
        let bytes = unsafe [UInt8](buffer.bytes[record]), offset = buffer.slabOffset + position
        try endBatch()
        let row = try catalog.count(1, of: table, in: setup.origin) + 1
        waiting.append(.fault(RowFault(code: code, row: row, offset: offset, column: nil, detail: "", record: bytes), table))
    }

    /// A line of COPY that cannot be read ends with its line.
    private func stepOverLine(_ code: RowFault.Code, at position: Int) throws {
        let start = buffer.slab.start
        guard let end = unsafe buffer.bytes[max(start, position)...].firstIndex(of: 0x0A) ?? (buffer.isAtEnd ? buffer.slab.end : nil) else { return try more() }
        buffer.advance(to: min(end + 1, buffer.slab.end))
        if let layout { try fault(code, layout.table, at: position, record: start ..< end) }
    }

    /// A tuple that cannot be read ends at its closing bracket, or together with its statement.
    private func stepOverTuple(_ code: RowFault.Code, at position: Int, _ table: TableName) throws {
        var lexer = lexer, endsStatement = false
        let start = buffer.slab.start
        do {
            var depth = 0
            while true {
                let token = try lexer.next()
                endsStatement = lexer.isDelimiter(token)
                if token.kind == .end { break }
                if lexer.symbol(token) == UInt8(ascii: "(") { depth += 1 }
                if lexer.symbol(token) == UInt8(ascii: ")") {
                    depth -= 1
                    if depth == 0 { break }
                }
            }
            let end = lexer.position
            buffer.advance(to: end)
            hasTuples = true
            if endsStatement { mode = .statements }
            try fault(code, table, at: position, record: start ..< end)
        } catch is SQLIncomplete {
            try more()
        }
    }
}
