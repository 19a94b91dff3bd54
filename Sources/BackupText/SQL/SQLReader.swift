import BackupBytes
import BackupRows
import CBackupKernels

/// Reads SQL text: statements one by one, and the rows of INSERT, REPLACE and COPY as batches. Statements that declare
/// tables fill the catalog. Rows of one table from many INSERTs share a batch.
package final class SQLReader: RowReader {
    let buffer: RecordBuffer
    let setup: ReaderSetup
    let catalog: SchemaCatalog
    var session: SQLSession
    var mode = Mode.statements
    var marks: Marks
    /// COPY: the rows marked in `marks` belong to it, and what it was made of.
    var copy: (layout: RowLayout, origin: CopyOrigin)?
    var layouts: [LayoutKey: RowLayout] = [:]
    static var layoutLimit: Int { 64 }
    /// What was found out of tables with rows, by their layouts.
    var facts: [ObjectIdentifier: TableFacts] = [:]
    /// Slabs are large, since they hold rows of many tables.
    var isWide = false
    /// Tables by their names as statements write them.
    var resolvedNames: [TableName: TableName] = [:]
    /// Most statements of a dump repeat the head of one before.
    let heads = KnownHeads()
    /// That of the last row, or of the statement whose first row comes next.
    var lastHead: InsertHead?
    /// The user says which charset the whole file is in.
    let isDecoded: Bool
    /// Whether the dump has the last line that its tool writes; known at the end.
    var isClosed = false
    var lines = PassedLines()
    /// Of the lines of COPY.
    var counter: RecordCounter
    /// What the reading ends with, after the events that wait.
    var ending: StatementError?
    var waiting = EventQueue()
    var isStarted = false

    /// `charset`: the whole file is in it, whatever it says. `database`: what the path suggests; `isDatabaseCertain`:
    /// nothing in the file may say otherwise before a USE. `ownTable`: it is this table's file.
    package init(
        _ source: PeekedSource, charset: Charset? = nil, dialect: SQLDialect, database: String?,
        isDatabaseCertain: Bool = false, schema: String? = nil,
        ownTable: TableName? = nil,
        catalog: SchemaCatalog, setup: ReaderSetup
    ) throws {
        isDecoded = charset != nil
        buffer = try RecordBuffer(source, charset: charset, pool: setup.pool, limit: setup.recordLimit)
        self.setup = setup
        counter = RecordCounter(setup)
        self.catalog = catalog
        session = SQLSession(
            dialect: dialect, database: database, isDatabaseCertain: isDatabaseCertain, schema: schema,
            binaryForm: setup.binaryForm)
        session.ownTable = ownTable
        marks = setup.marks.take()
    }

    /// Resumes where another reader was; `source` gives what lies after that point.
    package init(_ source: PeekedSource, at point: ResumePoint, catalog: SchemaCatalog, setup: ReaderSetup) throws {
        guard !point.session.delimiter.isEmpty else { throw RecordDamaged() }
        isDecoded = point.isDecoded
        isWide = point.isWide
        buffer = try RecordBuffer(
            source, pool: isWide ? setup.widePool : setup.pool, limit: setup.recordLimit, at: point.text)
        self.setup = setup
        counter = RecordCounter(setup)
        self.catalog = catalog
        session = point.session
        marks = setup.marks.take()
        isStarted = true
        mode = point.mode
        (isClosed, lines) = (point.isClosed, point.lines)
        if let copy = point.copy { self.copy = (try copyLayout(copy), copy) }
        if let record = point.head {
            let head = try InsertHead(record)
            if let count = record.fieldCount { head.use(try layout(of: head, fieldCount: count), fieldCount: count) }
            let number = heads.add(head)
            if mode.isInInsert { marks.head = number }
            lastHead = head
        }
        marks.hasTuples = point.hasTuples
        guard marks.head != Marks.noHead || !mode.isInInsert else { throw RecordDamaged() }
    }

    deinit { setup.marks.giveBack(marks) }

    /// Whose SQL it reads.
    package var family: SQLDialect.Family { session.dialect.family }

    package var resumePoint: ResumePoint? {
        guard isStarted, ending == nil, waiting.isEmpty, marks.isEmpty, let text = buffer.resumePoint else {
            return nil
        }
        return ResumePoint(
            text: text, isDecoded: isDecoded, session: session, mode: mode, copy: copy?.origin,
            head: (marks.head == Marks.noHead ? lastHead : heads[marks.head])?.record, hasTuples: marks.hasTuples,
            isClosed: isClosed, lines: lines, isWide: isWide)
    }

    package func next() throws -> RowEvent? {
        if !isStarted {
            isStarted = true
            unsafe session.readBanner(try buffer.peek(SQLSession.bannerLength))
            while buffer.slab.count < 3 && !buffer.isAtEnd { try buffer.fill() }
            if unsafe buffer.slab.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.advance(to: 3) }
        }
        while true {
            if let event = waiting.popFirst() { return event }
            if let ending { throw ending }
            try buffer.ready()
            switch mode {
            case .statements:
                if try nextStatement() { continue }
                try endBatch()
                return waiting.popFirst() ?? lastEvent()
            case .tuples: try markTuples()
            case .tail: try skipTail()
            case .copy(let options, let skipsHeader): try markLines(options, skipsHeader)
            }
        }
    }

    // MARK: Layouts

    func layout(of head: InsertHead, fieldCount: Int) throws -> RowLayout {
        try sqlLayout(head.table, columns: head.columns, fieldCount: fieldCount)
    }

    func sqlLayout(_ table: TableName, columns: [String]?, fieldCount: Int) throws -> RowLayout {
        if fieldCount > setup.columnLimit { throw TooManyColumns(limit: setup.columnLimit) }
        let key = LayoutKey(
            table: table, columns: columns?.map(ExactText.init), fieldCount: fieldCount, dialect: session.dialect)
        if let layout = layouts[key] { return layout }
        let schema = try catalog.schema(of: table)
        let (resolved, order) = schema.inTableOrder(schema.columns(named: columns, fieldCount: fieldCount))
        let layout = RowLayout(
            table: table, columns: resolved, spelling: session.dialect.spelling(bytes: session.binaryForm),
            lines: setup.lines, fieldOrder: order, unreadable: try catalog.whyUnreadable(table))
        try layout.checkCharsets()
        if layouts.count >= Self.layoutLimit { layouts.removeAll() }
        layouts[key] = layout
        return layout
    }

    func copyLayout(_ origin: CopyOrigin) throws -> RowLayout {
        let schema = try catalog.schema(of: origin.table)
        let (resolved, order) = schema.inTableOrder(schema.columns(named: origin.columns, fieldCount: nil))
        return RowLayout(
            table: origin.table, columns: resolved, spelling: origin.dialect.spelling(), lines: setup.lines,
            fieldOrder: order, unreadable: try catalog.whyUnreadable(origin.table))
    }
}
