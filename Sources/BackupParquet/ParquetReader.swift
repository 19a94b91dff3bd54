import BackupBytes
import BackupRows

/// Reads the rows of a Parquet file: a row group after another, in each a batch of rows after another, in each a column
/// after another.
package final class ParquetReader: RowReader {
    /// After some rows.
    package struct ResumePoint: ReaderResumePoint {
        /// Rows of the file before it.
        var row: Int

        package init(row: Int) { self.row = row }

        /// The file is read by ranges: nothing is read up to here.
        package var offset: Int { 0 }
    }

    private let file: ParquetFile
    private let setup: ReaderSetup
    package let layout: RowLayout
    private let plan: PiecePlan
    private let columns: [ParquetRows.Column]
    private let leaves: [LeafReader]
    /// For the texts of values.
    private let slabs = SlabPool(capacity: 4 * Slab.usualCapacity, limit: 8)
    /// The row group that is read, the rows of it that have come, and all before it.
    private var group = -1
    private var rowsOfGroup = 0
    private var rowsBefore = 0
    /// Bytes of text, about.
    private var made = 0
    private let start: Int
    private var isStarted = false

    /// `schema`: what a structure declares of the table. `hexText`: how the export spells bytes in strings.
    /// - Throws: `ParquetError`.
    package init(
        _ file: ParquetFile, table: TableName, schema: TableSchema?, family: SQLDialect.Family? = nil,
        hexText: BinaryForm = .raw, setup: ReaderSetup, at point: ResumePoint? = nil
    ) throws {
        (self.file, self.setup) = (file, setup)
        let names = file.schema.columns.map(\.name)
        if names.count > setup.columnLimit { throw TooManyColumns(limit: setup.columnLimit) }
        let declared = schema == nil ? nil : schema.columns(named: names, fieldCount: nil)
        var plans: [ColumnPlan] = [], warnings = file.schema.warnings
        for (index, column) in file.schema.columns.enumerated() {
            let plan = try ColumnPlan(
                column.name, column.node, file.schema.leaves, declared: declared?[index], family: family,
                hexText: hexText)
            warnings += plan.warnings
            plans.append(plan)
        }
        var spelling = RowSpelling()
        spelling.columnForms = plans.map(\.bytes)
        layout = RowLayout(
            table: table, columns: plans.map(\.column), spelling: spelling, lines: setup.lines, warnings: warnings)
        plan = PiecePlan(layout)
        let tools = PageTools(setup.blocks), values = setup.lines.values
        var readers: [LeafReader] = []
        columns = plans.map { plan in
            guard !plan.node.isFlat else {
                let number = plan.node.leaves.lowerBound, leaf = file.schema.leaves[number]
                readers.append(LeafReader(leaf, form: plan.forms[0], json: nil, of: file, tools: tools))
                return .flat(FlatWriter(number, leaf, plan.forms[0]))
            }
            let nested = NestedColumn(plan.node, file.schema.leaves, plan.forms, values)
            for (leaf, text) in zip(nested.leaves, nested.texts()) {
                readers.append(LeafReader(leaf, form: text.form, json: text, of: file, tools: tools))
            }
            return .nested(nested)
        }
        leaves = readers
        start = point?.row ?? 0
        guard (0 ... file.rowCount).contains(start) else { throw RecordDamaged() }
    }

    package var resumePoint: ResumePoint? {
        isStarted && group >= 0 ? ResumePoint(row: rowsBefore + rowsOfGroup) : nil
    }

    package func next() throws -> RowEvent? {
        if !isStarted { try seek() }
        while group < 0 || rowsOfGroup == rowsInGroup {
            if group >= 0 { try endGroup() }
            guard group + 1 < file.metadata.rowGroups.count else { return nil }
            rowsBefore += rowsInGroup
            group += 1
            rowsOfGroup = 0
            try beginGroup()
        }
        return .rows(.unmade(try batch()))
    }

    private var rowsInGroup: Int { group < 0 ? 0 : file.metadata.rowGroups[group].rowCount }

    // MARK: Row groups

    /// Goes to the row that an earlier reader stood before.
    private func seek() throws {
        isStarted = true
        guard start > 0 else { return }
        var left = start
        for (number, rows) in file.metadata.rowGroups.enumerated() {
            guard left > 0 else { break }
            if left < rows.rowCount {
                group = number
                try beginGroup()
                try forLeaves { try $0.skip(left, columns: leaves.count) }
                rowsOfGroup = left
                return
            }
            left -= rows.rowCount
            rowsBefore += rows.rowCount
            group = number
        }
        // It stood after the last row of a group.
        rowsBefore -= rowsInGroup
        rowsOfGroup = rowsInGroup
        isAfterGroup = true
    }

    /// The row group was read by an earlier reader.
    private var isAfterGroup = false

    private func beginGroup() throws {
        isAfterGroup = false
        for (chunk, leaf) in zip(file.metadata.rowGroups[group].columns, leaves) {
            do { try leaf.begin(chunk, before: file.dataEnd) } catch let error as ParquetError {
                throw error.located(column: leaf.leaf.name)
            }
        }
    }

    /// No column may have more values than rows.
    private func endGroup() throws {
        if isAfterGroup { return }
        for leaf in leaves where !leaf.isAtEnd {
            throw ParquetError.damaged("it has more values than row group \(group + 1) has rows")
                .located(column: leaf.leaf.name)
        }
    }

    private func forLeaves(_ body: (LeafReader) throws -> Void) throws {
        for leaf in leaves {
            do { try body(leaf) } catch let error as ParquetError { throw error.located(column: leaf.leaf.name) }
        }
    }

    // MARK: Batches

    private func batch() throws -> ParquetRows {
        let most = max(1, min(file.limits.batchRows, Marks.usualFieldCapacity / max(1, columns.count)))
        let (count, bytes) = try readSlices(min(most, rowsInGroup - rowsOfGroup))
        let pieces = leaves.map { leaf in
            let (slice, position) = (leaf.slice, leaf.position)
            leaf.use(count)
            return SlicePiece(slice: slice, position: position, end: leaf.position)
        }
        let rows = ParquetRows(
            columns: columns, leaves: file.schema.leaves, pieces: pieces, plan: plan, setup: setup, slabs: slabs,
            rowCount: count, firstRowNumber: rowsBefore + rowsOfGroup + 1,
            offset: file.metadata.rowGroups[group].columns.first?.start ?? 0,
            weight: max(1, bytes / file.limits.batch))
        rowsOfGroup += count
        return rows
    }

    /// Has slices of the next rows; returns how many, and the bytes of their values at the most: so many that these are
    /// no more than a batch is to have, unless one row alone has.
    private func readSlices(_ most: Int) throws -> (count: Int, bytes: Int) {
        var count = most, bound = 0, weights: [Int] = [], weighed = 0
        for (index, leaf) in leaves.enumerated() {
            do {
                if leaf.rowsLeft < count { try leaf.readSlice(count, columns: leaves.count) }
            } catch let error as ParquetError { throw error.located(column: leaf.leaf.name) }
            guard leaf.rowsLeft > 0 else {
                throw ParquetError.damaged("it has fewer values than rows").located(column: leaf.leaf.name)
            }
            count = min(count, leaf.rowsLeft)
            bound += leaf.slice.bound(ofRows: count)
            if bound <= file.limits.batch { continue }
            // It may be too much: look at each value.
            weights = weights.isEmpty ? Array(repeating: 0, count: count) : Array(weights.prefix(count))
            for leaf in leaves[weighed ... index] where leaf.slice.bound > 0 { leaf.weigh(into: &weights) }
            weighed = index + 1
            (count, bound) = Self.rows(of: weights, upTo: file.limits.batch)
        }
        made += bound + count * columns.count * 8
        if made >> 30 > 0 && made / max(1, file.file.length) > file.limits.expansion {
            throw ParquetError(
                .overLimit, "every byte of the file becomes more than \(file.limits.expansion)", limit: .expansion)
        }
        return (count, bound)
    }

    /// So many rows that the last of them passes the limit, and what they weigh.
    private static func rows(of weights: [Int], upTo limit: Int) -> (count: Int, weight: Int) {
        var sum = 0
        for (row, weight) in weights.enumerated() {
            sum += weight
            if sum > limit { return (row + 1, sum) }
        }
        return (weights.count, sum)
    }
}
