import BackupBytes
import BackupRows
import BackupText
import Synchronization

/// A walk on a thread of its own, whose batches are asked for one at a time.
final class WalkFeed: Sendable {
    private struct State {
        var turns = TableTurns()
        /// Of the table that has not been given out yet, or of the one being read.
        var pending: RowBatch?
    }

    private let setup: ReaderSetup
    private let queue = HandOff<RowBatch>(capacity: 2)
    private let state = Mutex(State())
    /// What the walk's thread is reading; it outlives the feed when that is left early.
    private let current = CurrentWalk()

    init(_ export: BackupExport) {
        var setup = ReaderSetup()
        setup.options = export.options.values
        setup.recordLimit = min(export.options.limits.record, ReaderSetup.usualRecordLimit)
        self.setup = setup
        do {
            _ = try Stage("sluice.walk") { [setup, queue, current] in
                do {
                    try Self.walk(export, setup, queue, current)
                    queue.finish()
                } catch { queue.finish(throwing: error) }
            }
        } catch { queue.finish(throwing: ExportError.wrap(error, entry: nil)) }
    }

    deinit { cancel() }

    private func cancel() {
        queue.cancel()
        current.cancel()
    }

    private static func walk(
        _ export: BackupExport, _ setup: ReaderSetup, _ queue: HandOff<RowBatch>, _ current: CurrentWalk
    ) throws {
        for input in export.inputs {
            let walk = try ExportWalk(input, options: export.options, setup: setup, counter: ByteCounter())
            current.set(walk)
            while let event = try walk.nextOfSameInput() {
                switch event {
                case .rows(let batch): try queue.put(batch)
                case .dropped(let table, _, let entry):
                    throw ExportError(
                        .badStatement, entry: entry, table: table,
                        why: "the export removes it, or its rows, after they were read",
                        advice: "convert it to a folder")
                case .fault(let fault, let table, let entry): throw ExportError(fault, entry: entry, table: table)
                default: break
                }
            }
        }
    }

    // MARK: For the iterators

    /// The first batch of the next table, and its turn; what is left of the table before is skipped.
    func nextTable() async throws -> (turn: Int, RowBatch)? {
        try state.withLock { try $0.turns.beginTable() }
        defer { state.withLock { $0.turns.end() } }
        let table = state.withLock { $0.turns.table }
        while let batch = try await peek() {
            if batch.table != table { return (state.withLock { $0.turns.enter(batch.table) }, batch) }
            consume(batch)
        }
        return nil
    }

    /// The rows of the next batch of the reader's table; nil at its end.
    func nextBatch(for reader: TableReader) async throws -> [Row]? {
        try state.withLock { try $0.turns.begin(reader) }
        defer { state.withLock { $0.turns.end() } }
        return try await nextRows()
    }

    /// The next row of the reader's table; nil at its end.
    func nextRow(for reader: TableReader) async throws -> Row? {
        if let row = try state.withLock({ state in
            try state.turns.begin(reader)
            let row = state.turns.takeRow()
            if row != nil { state.turns.end() }
            return row
        }) {
            return row
        }
        defer { state.withLock { $0.turns.end() } }
        while let rows = try await nextRows() {
            if let first = rows.first {
                state.withLock { $0.turns.put(Array(rows.dropFirst())) }
                return first
            }
        }
        return nil
    }

    // MARK: For whose turn it is

    private func nextRows() async throws -> [Row]? {
        guard let batch = try await peek(), batch.table == state.withLock({ $0.turns.table }) else { return nil }
        defer { consume(batch) }
        do { return try batch.rows() } catch {
            let failure = ExportError(error, entry: batch.origin, table: batch.table)
            state.withLock { $0.turns.fail(failure) }
            throw failure
        }
    }

    private func peek() async throws -> RowBatch? {
        if let batch = state.withLock({ $0.pending }) { return batch }
        let batch = try await withTaskCancellationHandler {
            try await queue.next()
        } onCancel: {
            cancel()
        }
        state.withLock { $0.pending = batch }
        return batch
    }

    private func consume(_ batch: RowBatch) {
        state.withLock { $0.pending = nil }
        batch.recycle(setup)
    }
}
