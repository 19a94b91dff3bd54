import BackupBytes
import BackupRows
import CBackupKernels

/// The rows of INSERT and COPY, and those that cannot be read.
extension SQLReader {
    func markTuples(_ table: TableName, _ columns: [String]?) throws {
        var sql = session.dialect.kernel
        let before = unsafe marks.rows.count
        unsafe marks.mark {
            unsafe bk_mark_tuples(
                buffer.kernelBytes, buffer.slab.start, buffer.slab.end, buffer.isAtEnd ? 1 : 0, &sql, $0)
        }
        let kernel = unsafe marks.kernel
        hasTuples = unsafe hasTuples || marks.rows.count > before
        if unsafe !pendingHead.isEmpty && marks.rows.count > before {
            // Without a column list the first row tells which columns there are.
            if columns == nil {
                layout = try sqlLayout(table, columns: nil, fieldCount: marks.fieldRange(ofRow: before).count)
            }
            if let layout { lastHead = (pendingHead, layout, layoutOrigin) }
            pendingHead = []
        }
        unsafe advance(to: Int(kernel.consumed))
        switch unsafe kernel.status {
        case BK_MARK_END: mode = .statements
        case BK_MARK_TAIL: try beginTail(of: table)
        case BK_MARK_FULL: if marks.isEmpty { marks.grow() } else { try endBatch() }
        case BK_MARK_FAULT: try unsafe stepOverTuple(RowFault.Code(kernel.fault), at: Int(kernel.fault_at), table)
        default:
            if buffer.isAtEnd {
                guard unsafe buffer.slab.count == 0 || buffer.bytes[buffer.slab.start...].allSatisfy({ $0 <= 0x20 })
                else {
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

    func markLines(_ options: CopyOptions, _ skipsHeader: Bool) throws {
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
    func beginTail(of table: TableName) throws {
        var lexer = lexer
        do {
            let token = try lexer.next()
            let isTail = token.kind == .end || ["on", "returning", "as"].contains(lexer.word(token))
            if hasTuples && isTail {
                mode = .tail
            } else {
                try stepOverTuple(hasTuples ? .notARow : .notALiteral, at: buffer.slab.start, table)
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
            if let conflict, let layout {
                session.tally.add(.keepsBoth(conflict), table: layout.table, first: "byte \(start)")
            }
            if !lexer.isDelimiter(token) {
                waiting.append(.cut("the last INSERT has no end: the file may have been cut"))
            }
            advance(to: lexer.position)
            mode = .statements
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
        if let layout { try fault(code, layout.table, at: position, record: start ..< end) }
    }

    /// A tuple that cannot be read ends at its closing bracket, or together with its statement.
    func stepOverTuple(_ code: RowFault.Code, at position: Int, _ table: TableName) throws {
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
            hasTuples = true
            if endsStatement { mode = .statements }
            try fault(code, table, at: position, record: start ..< end)
        } catch is SQLIncomplete {
            try more()
        }
    }
}
