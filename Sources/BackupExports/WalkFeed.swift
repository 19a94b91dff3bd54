import BackupBytes
import BackupRows
import BackupText
import Synchronization

/// A walk on a thread of its own, whose batches are asked for one at a time.
final class WalkFeed: Sendable {
    private struct State {
        var turns = TableTurns()
        /// Of the table that has not been given out yet, or of the one being read.
        var pending: Piece?
    }

    /// Rows of one batch, and why the one after them cannot be read.
    struct Piece: Sendable {
        let rows: Rows
        let failure: ExportError?
        let layout: RowLayout

        var table: TableName { layout.table }
    }

    private let queue = HandOff<Piece>(capacity: 2)
    private let state = Mutex(State())
    private let lastTurn = Atomic(0)
    /// What the walk's thread is reading; it outlives the feed when that is left early.
    private let current = CurrentWalk()

    init(_ export: BackupExport) {
        var setup = ReaderSetup()
        setup.lines.values = export.options.values
        setup.recordLimit = min(export.options.limits.record, ReaderSetup.usualRecordLimit)
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
        _ export: BackupExport, _ setup: ReaderSetup, _ queue: HandOff<Piece>, _ current: CurrentWalk
    ) throws {
        let decoder = RowDecoder()
        for input in export.inputs {
            let walk = try ExportWalk(input, options: export.options, setup: setup, counter: ByteCounter())
            current.set(walk)
            while let event = try walk.nextOfSameInput() {
                switch event {
                case .rows(let batch): for piece in pieces(of: batch, decoder) { try queue.put(piece) }
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

    /// A batch as values: one piece, but for rows that cannot be read or are very long.
    private static func pieces(of batch: RowBatch, _ decoder: RowDecoder) -> [Piece] {
        var pieces: [Piece] = [], row = 0
        while row < batch.rowCount {
            let decoded = decoder.decode(batch, from: row)
            let failure = decoded.fault.map { ExportError($0, entry: batch.origin, table: batch.table) }
            pieces.append(Piece(rows: Rows(decoded.rows), failure: failure, layout: batch.layout))
            // What comes after a row that cannot be read is not asked for.
            row = failure == nil ? decoded.next : batch.rowCount
        }
        return pieces
    }

    // MARK: For the iterators

    /// The first batch of the next table, and its turn; what is left of the table before is skipped.
    func nextTable() async throws -> (turn: Int, RowLayout)? {
        try state.withLock { try $0.turns.beginTable() }
        defer { state.withLock { $0.turns.end() } }
        let table = state.withLock { $0.turns.table }
        while let piece = try await peek() {
            if piece.table != table {
                let turn = state.withLock { $0.turns.enter(piece.table) }
                lastTurn.store(turn, ordering: .relaxed)
                return (turn, piece.layout)
            }
            state.withLock { $0.pending = nil }
        }
        return nil
    }

    /// Whether rows of this turn may still be given out.
    func isTurn(_ turn: Int) -> Bool { lastTurn.load(ordering: .relaxed) == turn }

    /// The rows of the next batch of the reader's table, at least one; nil at its end.
    func nextBatch(for reader: TableReader) async throws -> Rows? {
        try state.withLock { try $0.turns.begin(reader) }
        defer { state.withLock { $0.turns.end() } }
        while let piece = try await peek(), piece.table == state.withLock({ $0.turns.table }) {
            state.withLock { $0.pending = nil }
            if let failure = piece.failure {
                state.withLock { $0.turns.fail(failure) }
                if piece.rows.isEmpty { throw failure }
            }
            if !piece.rows.isEmpty { return piece.rows }
        }
        return nil
    }

    private func peek() async throws -> Piece? {
        if let piece = state.withLock({ $0.pending }) { return piece }
        let piece = try await withTaskCancellationHandler {
            try await queue.next()
        } onCancel: {
            cancel()
        }
        state.withLock { $0.pending = piece }
        return piece
    }
}
