/// Rows that their reader has decoded so far that a worker can make the batch: texts, marks. It makes the same batch
/// whenever it is asked.
package protocol RowMaker: AnyObject, Sendable {
    var layout: RowLayout { get }
    var rowCount: Int { get }
    /// Number of the first row in its entry, from 1.
    var firstRowNumber: Int { get }
    var setup: ReaderSetup { get }
    /// What its rows hold, in units of a usual batch: 1, or more where a row is long.
    var weight: Int { get }

    /// - Throws: what is wrong with the rows.
    func make() throws -> RowBatch

    /// The lines of that batch, however they are made.
    /// - Throws: what is wrong with the rows.
    func lines(by emitter: Emitter) throws -> EmittedRows
}

extension RowMaker {
    package var weight: Int { 1 }

    package func lines(by emitter: Emitter) throws -> EmittedRows { emitter.emit(try make()) }
}
