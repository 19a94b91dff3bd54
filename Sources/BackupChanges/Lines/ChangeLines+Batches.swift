import BackupBytes
import BackupRows
import CBackupKernels

/// A batch becomes lines, or a batch whose values are marked.
extension ChangeLines {
    /// Bytes that a line has, about, and that are left free for the next one.
    private static let usualLine = 8 * 1024

    /// - Throws: what is wrong with a row, but where its text is none of its column's charset: that is a fault.
    func lines(of rows: ChangeRows, by emitter: Emitter) throws(ChangeError) -> EmittedRows {
        var result = EmittedRows(), chunkRows = 0, longest = Self.usualLine
        let pool = emitter.pool
        begin(rows.layout)
        text.begin(in: pool, atLeast: Self.room(for: rows))
        defer { text.release() }
        func endChunk() {
            guard chunkRows > 0 else { return }
            result.chunks.append(.init(slab: text.takeSlab(), rows: chunkRows))
            result.rows += chunkRows
            chunkRows = 0
        }
        try eachRow(of: rows, stopsAtFault: !emitter.collectsFaults) { fault in
            if let fault { return result.faults.append(fault) }
            result.bytes += text.end - rowStart
            chunkRows += 1
            longest = max(longest, text.end - rowStart)
            if text.room < longest { endChunk() }
        }
        endChunk()
        result.replaced = replaced
        return result
    }

    /// - Throws: what is wrong with the first row that cannot be written.
    func batch(of rows: ChangeRows) throws -> RowBatch {
        var ends: [(first: Int, end: Int)] = [], firstFault: RowFault?
        let pool = rows.setup.pool
        begin(nil)
        text.begin(in: pool, atLeast: Self.room(for: rows))
        defer { text.release() }
        var first = 0
        try eachRow(of: rows, stopsAtFault: true) { fault in
            if let fault { return firstFault = fault }
            ends.append((first, text.end - rowStart))
            first = fields.count
        }
        if let firstFault { throw firstFault }
        let marks = Marks(rows: ends.count, fields: fields.count)
        unsafe marks.kernel.fields.update(from: fields, count: fields.count)
        for (row, mark) in ends.enumerated() {
            unsafe marks.kernel.rows[row] = bk_row(first: UInt32(mark.first), start: 0, end: UInt32(mark.end))
        }
        marks.setCounts(fields: fields.count, rows: ends.count)
        return RowBatch(
            layout: rows.layout, origin: rows.setup.origin, firstRowNumber: rows.firstRowNumber,
            slab: RowSlab(text.takeSlab(), offset: 0, pool: pool), marks: marks,
            columnar: .init(isUTF8: true, replaced: replaced), setup: rows.setup)
    }

    /// Bytes for the lines of long rows: what is not written to costs nothing, and to make room later a copy.
    private static func room(for rows: ChangeRows) -> Int {
        let bytes = rows.bytes
        return bytes > Slab.usualCapacity ? min(LineText.limit, 2 * bytes + Slab.usualCapacity) : 0
    }

    /// Writes one row after another. `body` is called after each, with its fault where it could not be written.
    private func eachRow(
        of rows: ChangeRows, stopsAtFault: Bool, _ body: (RowFault?) -> Void
    ) throws(ChangeError) {
        var number = rows.firstRowNumber
        try unsafe rows.texts.withUnsafeBufferPointer { texts throws(ChangeError) in
            guard let start = texts.baseAddress else { return }
            let texts = unsafe EventBytes(start, texts.count)
            for piece in rows.pieces {
                guard let change = piece.change else {
                    try source.set(definition: piece, texts)
                    try beginRow()
                    try write(definition: texts[piece.definition], database: piece.database.map { texts[$0] })
                    try endRow()
                    number += 1
                    body(nil)
                    continue
                }
                let table = rows.tables[piece.table]
                try source.set(piece, of: table, texts)
                var event = unsafe RowsEvent(
                    change, mayBePartial: piece.mayBePartial, before: texts[piece.before], after: texts[piece.after],
                    rows: EventBytes(rows.slab.base + piece.rows.lowerBound, piece.rows.count))
                do throws(ChangeError) {
                    for row in piece.firstRow ..< piece.firstRow + piece.rowCount {
                        let fault = try write(&event, of: table, row: row, number: number)
                        number += 1
                        body(fault)
                        if fault != nil && stopsAtFault { return }
                    }
                } catch {
                    throw error.located(table: table.map.name).located(texts[piece.file].string, piece.position)
                }
            }
        }
    }

    /// Writes the row at the front; returns its fault where a value is no text of its column's charset. `number`: of
    /// the row in its log.
    private func write(
        _ event: inout RowsEvent, of table: ChangedTable, row: Int, number: Int
    ) throws(ChangeError) -> RowFault? {
        let start = event.rows, fieldCount = fields.count, replaced = writer.replaced
        do throws(ChangeError) {
            try beginRow()
            try write(&event, of: table, row: row)
            try endRow()
            return nil
        } catch {
            guard error.kind == .badText else { throw error }
            dropRow(fields: fieldCount)
            writer.replaced = replaced
            event.rows = start
            try RowImages(event, table).skip(&event.rows)
            return RowFault(
                code: .badChange, row: number, offset: source.position, column: error.column, detail: error.why,
                record: Array(start.array.dropLast(event.rows.count)))
        }
    }
}
