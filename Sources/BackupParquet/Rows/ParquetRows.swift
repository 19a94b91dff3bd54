import BackupBytes
import BackupRows

/// Rows whose values are decoded and not yet written: the worker that has the batch makes their texts.
final class ParquetRows: RowMaker {
    enum Column: Sendable {
        case flat(FlatWriter)
        case nested(NestedColumn)
    }

    let columns: [Column]
    /// Names of the leaves, for errors.
    let leaves: [Leaf]
    /// By leaf.
    let pieces: [SlicePiece]
    let plan: PiecePlan
    let setup: ReaderSetup
    let slabs: SlabPool
    let rowCount: Int
    let firstRowNumber: Int
    let offset: Int
    let weight: Int

    init(
        columns: [Column], leaves: [Leaf], pieces: [SlicePiece], plan: PiecePlan, setup: ReaderSetup,
        slabs: SlabPool, rowCount: Int, firstRowNumber: Int, offset: Int, weight: Int
    ) {
        (self.columns, self.leaves, self.pieces) = (columns, leaves, pieces)
        (self.plan, self.setup, self.slabs) = (plan, setup, slabs)
        (self.rowCount, self.firstRowNumber, self.offset) = (rowCount, firstRowNumber, offset)
        self.weight = weight
    }

    var layout: RowLayout { plan.layout }

    /// - Throws: `ParquetError`.
    func make() throws -> RowBatch {
        let rows = BatchRows(columns: columns.count, rows: rowCount, marks: setup.marks, slabs: slabs)
        for (index, column) in columns.enumerated() {
            let start = rows.text.end
            switch column {
            case .flat(let flat):
                do { try flat.write(pieces[flat.leaf], index, into: rows) } catch {
                    throw error.located(column: leaves[flat.leaf].name)
                }
                if flat.isText { rows.checkText(from: start) }
            case .nested(let nested):
                try nested.write(pieces[nested.numbers], index, into: rows)
                rows.checkText(from: start)
            }
        }
        try rows.end()
        return RowBatch(
            layout: layout, origin: setup.origin, firstRowNumber: firstRowNumber,
            slab: RowSlab(rows.text.slab, offset: offset, pool: slabs), marks: rows.marks,
            columnar: .init(isUTF8: rows.isUTF8, replaced: rows.replaced), setup: setup)
    }
}
