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
    private let columns: [any BatchColumn]
    private let leafRanges: [Range<Int>]
    /// The row group that is read, the rows of it that have come, and all before it.
    private var group = -1
    private var rowsOfGroup = 0
    private var rowsBefore = 0
    private var batches = 0
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
        let tools = PageTools(), values = setup.lines.values
        columns = plans.map { plan in
            let readers = zip(plan.node.leaves, plan.forms).map { number, form in
                let leaf = file.schema.leaves[number], isBig = leaf.type == .int64
                return LeafReader(
                    leaf, form: form,
                    json: plan.node.isFlat ? nil : NestedText(form, isBig: isBig, values: values), of: file,
                    tools: tools)
            }
            return plan.node.isFlat
                ? FlatColumn(readers[0]) : NestedColumn(plan.node, readers, isText: values.types == .text)
        }
        leafRanges = plans.map(\.node.leaves)
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
        return .rows(try batch())
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
                for column in columns { try column.skip(left) }
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
        let chunks = file.metadata.rowGroups[group].columns
        for (column, leaves) in zip(columns, leafRanges) {
            try column.begin(Array(chunks[leaves]), before: file.dataEnd)
        }
    }

    /// No column may have more values than rows.
    private func endGroup() throws {
        if isAfterGroup { return }
        for (column, leaves) in zip(columns, leafRanges) where !column.isAtEnd {
            throw ParquetError.damaged("it has more values than row group \(group + 1) has rows")
                .located(column: file.schema.leaves[leaves.lowerBound].name)
        }
    }

    // MARK: Batches

    private func batch() throws -> RowBatch {
        let most = max(1, min(file.limits.batchRows, Marks.usualFieldCapacity / max(1, columns.count)))
        let rows = BatchRows(
            columns: columns.count, rows: min(most, rowsInGroup - rowsOfGroup), setup: setup, limit: file.limits.batch)
        batches += 1
        var written: [Int] = []
        for (index, column) in columns.enumerated() {
            let start = rows.text.end
            written.append(try column.write(index, into: rows, number: batches))
            if column.isText { rows.checkText(from: start) }
        }
        for (index, column) in columns.enumerated() where written[index] > rows.rowCount {
            column.carry(from: rows.rowCount, of: rows, index, written: written[index])
        }
        try rows.end()
        made += rows.text.end + rows.rowCount * columns.count * 8
        if made >> 30 > 0 && made / max(1, file.file.length) > file.limits.expansion {
            throw ParquetError(
                .overLimit, "every byte of the file becomes more than \(file.limits.expansion)", limit: .expansion)
        }
        let first = rowsBefore + rowsOfGroup
        rowsOfGroup += rows.rowCount
        let offset = file.metadata.rowGroups[group].columns.first?.start ?? 0
        return RowBatch(
            layout: layout, origin: setup.origin, firstRowNumber: first + 1,
            slab: RowSlab(rows.text.slab, offset: offset, pool: setup.pool), marks: rows.marks,
            columnar: .init(isUTF8: rows.isUTF8, replaced: rows.replaced), setup: setup)
    }
}
