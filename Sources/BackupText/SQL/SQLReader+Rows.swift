import BackupBytes
import BackupRows
import CBackupKernels

/// The rows of INSERT and COPY, and those that cannot be read.
extension SQLReader {
    /// The head of an INSERT has been read, which begins at `start`.
    func beginInsert(into table: TableName, _ columns: [String]?, at start: Int) throws {
        let length = buffer.slab.start - start, offset = buffer.slabOffset + start
        // With what follows up to the first bracket.
        let rest = unsafe buffer.bytes[buffer.slab.start...].prefix(64)
        let past = unsafe rest.firstIndex(of: UInt8(ascii: "(")).map { $0 + 1 } ?? buffer.slab.start
        let text = unsafe [UInt8](buffer.bytes[start ..< past])
        if heads.isFull {
            try endBatch()
            _ = heads.tidy(keeping: Marks.noHead)
        }
        let head = InsertHead(of: table, columns: columns, text: text, length: length)
        if let columns { head.use(try layout(of: head, fieldCount: columns.count), fieldCount: columns.count) }
        marks.head = heads.add(head)
        marks.hasTuples = false
        mode = .tuples
        if let conflict = head.conflict { session.tally.add(conflict, table: table, first: "byte \(offset)") }
        session.noteRows()
    }

    /// INSERT … DEFAULT VALUES.
    func insertDefaults(into table: TableName) throws {
        let layout = try sqlLayout(table, columns: [], fieldCount: 0)
        if marks.isFull || heads.isFull {
            try endBatch()
            _ = heads.tidy(keeping: Marks.noHead)
        }
        session.noteRows()
        var number = unsafe marks.runs.last?.head ?? Marks.noHead
        if number == Marks.noHead || heads[number].layout !== layout {
            let head = InsertHead(of: table, columns: [])
            head.use(layout, fieldCount: 0)
            number = heads.add(head)
        }
        marks.appendEmptyRow(at: buffer.slab.start, head: number)
    }

    /// The statements that come next, as far as their heads are known. false: none is.
    func markStatements() throws -> Bool {
        let start = buffer.slab.start
        try markTuples()
        return buffer.slab.start > start || mode.isInInsert
    }

    func markTuples() throws {
        let before = unsafe marks.rows.count, run = marks.firstRunToCome
        var sql = unsafe session.dialect.kernel
        unsafe sql.heads = unsafe heads.kernel
        unsafe marks.mark {
            unsafe bk_mark_tuples(
                buffer.kernelBytes, buffer.slab.start, buffer.slab.end, buffer.isAtEnd ? 1 : 0, &sql, $0)
        }
        let kernel = unsafe marks.kernel
        heads.takeConflicts { head, conflict, count, firstAt in
            session.tally.add(
                conflict, table: head.table, first: "byte \(buffer.slabOffset + firstAt)", count: count)
        }
        try makeLayouts(from: run)
        if unsafe kernel.row_count > before { session.noteRows() }
        unsafe advance(to: Int(kernel.consumed))
        mode = marks.head == Marks.noHead ? .statements : .tuples
        switch unsafe kernel.status {
        case BK_MARK_END: break
        case BK_MARK_TAIL: try beginTail()
        case BK_MARK_FULL: if marks.isEmpty { marks.grow() } else { try endBatch() }
        case BK_MARK_FAULT: try unsafe stepOverTuple(RowFault.Code(kernel.fault), at: Int(kernel.fault_at))
        default:
            if buffer.isAtEnd {
                guard unsafe buffer.slab.count == 0 || buffer.bytes[buffer.slab.start...].allSatisfy({ $0 <= 0x20 })
                else {
                    try stepOverTuple(.unclosedQuote, at: buffer.slab.start)
                    return
                }
                waiting.append(.cut("the last INSERT has no end: the file may have been cut"))
                endInsert()
            } else {
                try more()
            }
        }
    }

    func endInsert() {
        mode = .statements
        marks.head = Marks.noHead
    }

    /// Makes the layouts of heads whose first rows are among those of the runs from `run` on.
    private func makeLayouts(from run: Int) throws {
        let runs = unsafe marks.runs
        var run = run
        while true {
            unsafe marks.mark { run = unsafe bk_unusual_run(heads.kernel, $0, run) }
            if run == runs.count { break }
            let count = marks.fieldRange(ofRow: marks.rows(ofRun: run).lowerBound).count
            let last = unsafe run > 0 ? heads[runs[run - 1].head] : lastHead
            try makeLayout(run, fieldCount: count, after: last)
            run += 1
        }
        let rows = unsafe marks.rows.count
        if let last = unsafe runs.last(where: { Int($0.row) < rows }) { lastHead = heads[last.head] }
    }

    /// Without a column list the first row shows which columns there are.
    private func makeLayout(_ run: Int, fieldCount: Int, after last: InsertHead?) throws {
        let number = unsafe marks.runs[run].head
        if heads[number].layout == nil {
            try heads.use(layout(of: heads[number], fieldCount: fieldCount), fieldCount: fieldCount, number)
        } else if heads[number] !== last {
            let other = heads.variant(of: number, fieldCount: fieldCount)
            if marks.head == number { marks.head = other }
            unsafe marks.runs[run].head = other
            if heads[other].layout == nil { try makeLayout(run, fieldCount: fieldCount, after: last) }
        }
    }

    func markLines(_ options: CopyOptions, _ skipsHeader: Bool) throws {
        if !skipsHeader, try appendCounted(options) { return }
        var csv = unsafe options.dialect.kernel
        unsafe marks.mark {
            unsafe bk_mark_csv(buffer.kernelBytes, buffer.slab.start, buffer.slab.end, buffer.isAtEnd ? 1 : 0, &csv, $0)
        }
        unsafe advance(to: Int(marks.kernel.consumed))
        if skipsHeader && !marks.isEmpty {
            marks.dropFirstRow()
            mode = .copy(options, skipsHeader: false)
        }
        switch unsafe marks.kernel.status {
        case BK_MARK_END:
            try endBatch()
            try endCopy(options)
        case BK_MARK_FAULT: try unsafe stepOverLine(RowFault.Code(marks.kernel.fault), at: Int(marks.kernel.fault_at))
        case BK_MARK_FULL: if marks.isEmpty { marks.grow() } else { try endBatch() }
        default:
            guard buffer.isAtEnd && buffer.slab.count == 0 else { return try more() }
            try endBatch()
            waiting.append(.cut("a COPY has no end (`\\.`): the file may have been cut"))
            mode = .statements
        }
    }

    /// ON DUPLICATE KEY …, ON CONFLICT …, RETURNING …, AS new (MySQL's name for a row): anything else is damage, or an
    /// expression.
    func beginTail() throws {
        var lexer = lexer
        do {
            let token = try lexer.next()
            let isTail = token.kind == .end || ["on", "returning", "as"].contains(lexer.word(token))
            if marks.hasTuples && isTail {
                mode = .tail
            } else {
                try stepOverTuple(marks.hasTuples ? .notARow : .notALiteral, at: buffer.slab.start)
            }
        } catch is SQLIncomplete { try more() }
    }

    func skipTail() throws {
        var lexer = lexer
        do {
            let start = buffer.slabOffset + lexer.position
            var end = lexer.position, token = try lexer.next(), previous = "", lineStart: Int?, conflict: String?
            while token.kind != .end {
                let word = lexer.word(token), start = token.range.lowerBound
                if let lineStart, SQLStatementParser.beginsStatement(previous, word) {
                    return try self.end(with: failure(.notEnded, at: lineStart))
                }
                lineStart = unsafe buffer.bytes[end ..< start].contains(0x0A) ? start : nil
                if previous == "on" { conflict = conflict ?? Self.conflictClauses[word] }
                (previous, end) = (word, token.range.upperBound)
                token = try lexer.next()
            }
            if let conflict {
                session.tally.add(.keepsBoth(conflict), table: heads[marks.head].table, first: "byte \(start)")
            }
            if !lexer.isDelimiter(token) {
                waiting.append(.cut("the last INSERT has no end: the file may have been cut"))
            }
            advance(to: lexer.position)
            endInsert()
        } catch is SQLIncomplete { try more() }
    }

    // MARK: Faults

    func fault(_ code: RowFault.Code, _ table: TableName, at position: Int, record: Range<Int>) throws {
        let bytes = unsafe [UInt8](buffer.bytes[record]), offset = buffer.slabOffset + position
        try endBatch()
        let row = try catalog.count(1, of: table, in: setup.origin) + 1
        waiting.append(
            .fault(RowFault(code: code, row: row, offset: offset, column: nil, detail: "", record: bytes), table))
    }

    /// A line of COPY that cannot be read ends with its line.
    func stepOverLine(_ code: RowFault.Code, at position: Int) throws {
        let start = buffer.slab.start
        guard
            let end = unsafe buffer.bytes[max(start, position)...].firstIndex(of: 0x0A)
                ?? (buffer.isAtEnd ? buffer.slab.end : nil)
        else { return try more() }
        advance(to: min(end + 1, buffer.slab.end))
        if let copy { try fault(code, copy.layout.table, at: position, record: start ..< end) }
    }

    /// A tuple that cannot be read ends at its closing bracket, or together with its statement.
    func stepOverTuple(_ code: RowFault.Code, at position: Int) throws {
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
            advance(to: end)
            let table = heads[marks.head].table
            marks.hasTuples = true
            if endsStatement { endInsert() }
            try fault(code, table, at: position, record: start ..< end)
        } catch is SQLIncomplete {
            try more()
        }
    }
}
