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
    /// The rows marked in `marks` belong to it.
    var layout: RowLayout?
    var layouts: [LayoutKey: RowLayout] = [:]
    static var layoutLimit: Int { 64 }
    /// Tables by their names as statements write them.
    var resolvedNames: [TableName: TableName] = [:]
    var layoutOrigin: LayoutOrigin?
    /// The text of the last INSERT up to VALUES: most statements of a dump repeat it.
    var lastHead: (text: [UInt8], layout: RowLayout, origin: LayoutOrigin?)?
    var pendingHead: [UInt8] = []
    /// What the last head asks for where a key is there already.
    var headConflict: PassedStatement?
    /// The statement has shown a tuple: what follows without one is its tail.
    var hasTuples = false
    /// The user says which charset the whole file is in.
    let isDecoded: Bool
    /// Whether the dump has the last line that its tool writes; known at the end.
    var isClosed = false
    var lines = PassedLines()
    /// What the reading ends with, after the events that wait.
    var ending: StatementError?
    var waiting: [RowEvent] = []
    var isStarted = false

    /// `charset`: the whole file is in it, whatever it says. `database`: what the path suggests; `isDatabaseCertain`:
    /// nothing in the file may say otherwise before a USE. `ownTable`: it is this table's file.
    package init(
        _ source: any ByteSource, charset: Charset? = nil, dialect: SQLDialect, database: String?,
        isDatabaseCertain: Bool = false, schema: String? = nil,
        ownTable: TableName? = nil,
        catalog: SchemaCatalog, setup: ReaderSetup
    ) throws {
        isDecoded = charset != nil
        buffer = try RecordBuffer(source, charset: charset, pool: setup.pool, limit: setup.recordLimit)
        self.setup = setup
        self.catalog = catalog
        session = SQLSession(
            dialect: dialect, database: database, isDatabaseCertain: isDatabaseCertain, schema: schema,
            binaryForm: setup.binaryForm)
        session.ownTable = ownTable
        marks = setup.marks.take()
    }

    /// Goes on where another reader was; `source` gives what lies behind that point.
    package init(_ source: any ByteSource, at point: ResumePoint, catalog: SchemaCatalog, setup: ReaderSetup) throws {
        guard !point.session.delimiter.isEmpty, point.lastHead?.isEmpty != true else { throw RecordDamaged() }
        isDecoded = point.isDecoded
        buffer = try RecordBuffer(source, pool: setup.pool, limit: setup.recordLimit, at: point.text)
        self.setup = setup
        self.catalog = catalog
        session = point.session
        marks = setup.marks.take()
        isStarted = true
        mode = point.mode
        (pendingHead, hasTuples, isClosed, lines) = (point.pendingHead, point.hasTuples, point.isClosed, point.lines)
        if let text = point.lastHead, let layout = try makeLayout(point.lastHeadLayout) {
            lastHead = (text, layout, point.lastHeadLayout)
            headConflict = Self.conflict(ofHead: text)
        }
        layout = try makeLayout(point.layout)
    }

    func makeLayout(_ origin: LayoutOrigin?) throws -> RowLayout? {
        switch origin {
        case .insert(let key) where key.fieldCount < 0: throw RecordDamaged()
        case .insert(let key): try sqlLayout(key.table, columns: key.columns?.map(\.text), fieldCount: key.fieldCount)
        case .copy(let table, let columns, let dialect): try copyLayout(table, columns: columns, dialect)
        case nil: nil
        }
    }

    deinit { setup.marks.giveBack(marks) }

    /// Whose SQL it reads.
    package var family: SQLDialect.Family { session.dialect.family }

    package var resumePoint: ResumePoint? {
        guard isStarted, ending == nil, waiting.isEmpty, marks.isEmpty, let text = buffer.resumePoint else {
            return nil
        }
        return ResumePoint(
            text: text, isDecoded: isDecoded, session: session, mode: mode, layout: layoutOrigin,
            lastHead: lastHead?.text, lastHeadLayout: lastHead?.origin, pendingHead: pendingHead,
            hasTuples: hasTuples, isClosed: isClosed, lines: lines)
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
            if let ending { throw ending }
            try buffer.ready()
            switch mode {
            case .statements: guard try nextStatement() else { return try flush() ?? lastEvent() }
            case .tuples(let table, let columns): try markTuples(table, columns)
            case .tail: try skipTail()
            case .copy(let options, let skipsHeader): try markLines(options, skipsHeader)
            }
        }
    }

    // MARK: Batches

    /// Rows that follow belong to `next`; what was marked for another goes out first.
    func use(_ next: RowLayout) throws {
        if layout !== next { try endBatch() }
        layout = next
    }

    func endBatch() throws {
        if let event = try flush() { waiting.append(event) }
    }

    func flush() throws -> RowEvent? {
        guard !marks.isEmpty, let layout else { return nil }
        let (slab, offset) = buffer.detach()
        let first = try catalog.count(unsafe marks.rows.count, of: layout.table, in: setup.origin) + 1
        try noteRowsOfView(layout.table, offset)
        session.noteBatch(of: layout.table)
        marks.settleFields(layout)
        let text = unsafe UnsafePointer(slab.base.assumingMemoryBound(to: UInt8.self))
        let arena = unsafe marks.settleTypedLiterals(layout, session.dialect, text)
        if case .copy(let options, _) = mode, options.forcesNulls { unsafe marks.forceNulls(options, layout, text) }
        let batch = RowBatch(
            layout: layout, origin: setup.origin, firstRowNumber: first, slabOffset: offset, slab: slab, marks: marks,
            arena: arena, setup: setup)
        marks = setup.marks.take()
        return .rows(batch)
    }

    func sqlLayout(_ table: TableName, columns: [String]?, fieldCount: Int) throws -> RowLayout {
        if fieldCount > setup.columnLimit { throw TooManyColumns(limit: setup.columnLimit) }
        let key = LayoutKey(
            table: table, columns: columns?.map(ExactText.init), fieldCount: fieldCount, dialect: session.dialect)
        layoutOrigin = .insert(key)
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

    func copyLayout(_ table: TableName, columns: [String]?, _ dialect: CSVDialect) throws -> RowLayout {
        layoutOrigin = .copy(table, columns: columns, dialect)
        let schema = try catalog.schema(of: table)
        let (resolved, order) = schema.inTableOrder(schema.columns(named: columns, fieldCount: nil))
        return RowLayout(
            table: table, columns: resolved, spelling: dialect.spelling(), lines: setup.lines, fieldOrder: order,
            unreadable: try catalog.whyUnreadable(table))
    }
}
