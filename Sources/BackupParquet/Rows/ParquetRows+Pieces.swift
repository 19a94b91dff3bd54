import BackupRows
import CBackupKernels

/// Lines are put together from pieces where every column allows that; else the batch is made and written as others.
extension ParquetRows {
    func lines(by emitter: Emitter) throws -> EmittedRows {
        let lines = emitter.pieceLines(layout), runs = PieceRuns(self, emitter)
        // What is wrong with the rows is found again, and said, where the batch is made.
        if let columns = try? pieceColumns(runs), write(columns, runs, into: lines) { return lines.end() }
        lines.abandon()
        return emitter.emit(try make())
    }

    /// A column's runs, the one that is used, and how many of its values have been.
    private struct PieceColumn {
        let runs: [PieceRun]
        /// Of the first row.
        let levels: UnsafePointer<UInt8>?
        let full: UInt8
        var run = 0
        var used = 0
    }

    private func pieceColumns(_ runs: PieceRuns) throws(ParquetError) -> [PieceColumn]? {
        var made: [PieceColumn] = []
        made.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() {
            switch column {
            case .flat(let flat):
                guard let own = try runs.runs(of: flat, index) else { return nil }
                let piece = pieces[flat.leaf]
                let levels = unsafe piece.slice.definitions.map { unsafe UnsafePointer($0.base + piece.position.level) }
                made.append(unsafe PieceColumn(runs: own, levels: levels, full: flat.full))
            case .nested(let nested):
                guard let (run, levels) = try unsafe runs.run(of: nested, index) else { return nil }
                made.append(unsafe PieceColumn(runs: [run], levels: levels, full: 1))
            }
        }
        return made
    }

    /// Writes all rows: as many at a time as no column goes from one run to the next in.
    private func write(_ columns: [PieceColumn], _ runs: PieceRuns, into lines: PieceLines) -> Bool {
        var columns = columns, row = 0
        for index in columns.indices {
            unsafe lines.columns[index] = unsafe plan.kernel(index, full: columns[index].full)
            if let levels = unsafe columns[index].levels { unsafe lines.columns[index].levels = unsafe levels }
        }
        let text = unsafe UnsafePointer(runs.text.base)
        while row < rowCount {
            var count = rowCount - row, room = 0
            for index in columns.indices {
                while columns[index].run + 1 < columns[index].runs.count
                    && columns[index].used == columns[index].runs[columns[index].run].count
                {
                    columns[index].run += 1
                    columns[index].used = 0
                }
                count = rows(of: columns[index], from: row, upTo: count)
                room += unsafe put(columns[index], text, into: &lines.columns[index])
            }
            lines.room = room
            guard count > 0, lines.put(rows: count) else { return false }
            for index in columns.indices {
                columns[index].used += values(of: columns[index], row ..< row + count)
            }
            row += count
        }
        return true
    }

    /// So many rows, from `row` on, whose values are in the run that is used.
    private func rows(of column: PieceColumn, from row: Int, upTo most: Int) -> Int {
        let left = column.runs.isEmpty ? 0 : column.runs[column.run].count - column.used
        guard let levels = unsafe column.levels else { return min(left, most) }
        if left >= most { return most }
        var count = 0, values = 0
        while count < most {
            if unsafe levels[row + count] == column.full {
                if values == left { break }
                values += 1
            }
            count += 1
        }
        return count
    }

    private func values(of column: PieceColumn, _ rows: Range<Int>) -> Int {
        guard let levels = unsafe column.levels else { return rows.count }
        var count = 0
        for row in rows { count += unsafe levels[row] == column.full ? 1 : 0 }  // hot loop
        return count
    }

    /// Hands the run that is used to the kernel; returns what its pieces have at the most, beside texts.
    private func put(_ column: PieceColumn, _ text: UnsafePointer<UInt8>, into kernel: inout bk_piece_column) -> Int {
        let key = unsafe Int(kernel.key_length), null = unsafe Int(kernel.null_length)
        guard !column.runs.isEmpty else { return null }
        let run = column.runs[column.run]
        unsafe kernel.next = unsafe run.from(column.used)
        unsafe kernel.form = run.form.rawValue
        unsafe kernel.bytes = unsafe run.bytes ?? text
        unsafe kernel.pieces = unsafe run.pieces
        unsafe kernel.scale = UInt8(run.scale)
        // The key ends with the quote that the value has.
        if run.isQuoted != (unsafe kernel.is_quoted != 0) {
            unsafe kernel.key_length = run.isQuoted ? unsafe kernel.key_length + 1 : unsafe kernel.key_length - 1
            unsafe kernel.is_quoted = run.isQuoted ? 1 : 0
        }
        return max(null, key + 2 + run.room)
    }
}
