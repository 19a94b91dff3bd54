/// Rows of one table as a reader hands them out: a batch, or what a worker makes the batch of.
package enum ReadRows: Sendable {
    /// They lie in a slab, and are marked.
    case marked(RowBatch)
    /// They are decoded and their texts are not made, or they are counted and not marked.
    case unmade(any RowMaker)

    package var layout: RowLayout {
        switch self {
        case .marked(let batch): batch.layout
        case .unmade(let maker): maker.layout
        }
    }

    /// Where the rows come from: an entry of the archive, or a file.
    package var origin: String {
        switch self {
        case .marked(let batch): batch.origin
        case .unmade(let maker): maker.setup.origin
        }
    }

    package var rowCount: Int {
        switch self {
        case .marked(let batch): batch.rowCount
        case .unmade(let maker): maker.rowCount
        }
    }

    package var table: TableName { layout.table }

    /// What they hold, in units of a usual batch.
    package var weight: Int {
        switch self {
        case .marked: 1
        case .unmade(let maker): maker.weight
        }
    }

    /// Their lines.
    /// - Throws: what is wrong with the rows.
    package func lines(by emitter: Emitter) throws -> EmittedRows {
        switch self {
        case .marked(let batch): emitter.emit(batch)
        case .unmade(let maker): try maker.lines(by: emitter)
        }
    }

    /// The batch: what a worker asks for, once.
    /// - Throws: what is wrong with the rows.
    package func batch() throws -> RowBatch {
        switch self {
        case .marked(let batch): batch
        case .unmade(let maker): try maker.make()
        }
    }
}
