import BackupBytes
import BackupRows
import Synchronization

/// The rows of an export, for iterators that ask for a batch at a time: the pipeline of a conversion with values in
/// place of lines, whose results are pulled.
final class TableFeed: Sendable {
    private struct State {
        var turns = TableTurns()
        /// Of the table that has not been given out yet, or of the one being read.
        var pending: ArraySlice<Piece> = []
    }

    /// Rows of one batch, and why the one after them cannot be read.
    struct Piece: Sendable {
        /// nil: not even the first of them can.
        let rows: Rows?
        let failure: ExportError?
        let layout: RowLayout

        var table: TableName { layout.table }
    }

    private let pipeline: Pipeline<ReadRows, [Piece]>
    /// The system gave no threads.
    private let failure: ExportError?
    private let state = Mutex(State())
    private let lastTurn = Atomic(0)

    /// One marks rows while the other decodes, or inflates what comes after them.
    private static let threads = 2

    init(_ export: BackupExport) {
        let setting = WalkSetting(
            options: export.options, setup: ReaderSetup(export.options), given: GivenStructures(export.options))
        let control = WalkControl(), walk = InputsWalk(export.inputs, setting, control: control)
        pipeline = Pipeline(
            PipelineParts(source: Exclusive(TableSource(walk)), workers: RowWorkers(), idle: [control]),
            workers: Self.threads, limits: .init(work: 3, weigh: \.weight))
        do {
            try pipeline.start(threads: "sluice.walk")
            failure = nil
        } catch {
            pipeline.cancel()
            failure = ExportError.wrap(error, entry: nil) as? ExportError
        }
    }

    /// The threads hold the pipeline, and end with it.
    deinit { pipeline.cancel() }

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
            consume()
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
            consume()
            if let failure = piece.failure {
                state.withLock { $0.turns.fail(failure) }
                if piece.rows?.isEmpty != false { throw failure }
            }
            if let rows = piece.rows, !rows.isEmpty { return rows }
        }
        return nil
    }

    // MARK: For whose turn it is

    private func peek() async throws -> Piece? {
        if let failure { throw failure }
        while true {
            if let piece = state.withLock({ $0.pending.first }) { return piece }
            let pieces = try await withTaskCancellationHandler {
                try await pipeline.next()
            } onCancel: {
                pipeline.cancel()
            }
            guard let pieces else { return nil }
            state.withLock { $0.pending = pieces[...] }
        }
    }

    private func consume() { state.withLock { _ = $0.pending.popFirst() } }
}

/// The walk of a reading as the source of its pipeline: batches are work, and what a reader can neither remove nor
/// reject is an error.
private final class TableSource: PipelineSource {
    private let walk: InputsWalk

    init(_ walk: InputsWalk) { self.walk = walk }

    var control: any PipelineSourceControl { walk.control }

    func next() throws -> PipelineState<ReadRows, [TableFeed.Piece]>.Step? {
        while let step = try walk.next() {
            guard case .event(let event) = step else { continue }
            switch event {
            case .rows(let batch): return .work(batch)
            case .dropped(let table, _, let entry):
                throw ExportError(
                    .badStatement, entry: entry, table: table,
                    why: "the export removes it, or its rows, after they were read",
                    remedy: "convert it to a folder")
            case .fault(let fault, let table, let entry): throw ExportError(fault, entry: entry, table: table)
            default: break
            }
        }
        return nil
    }
}

/// The workers of a reading: batches of rows to values.
private struct RowWorkers: PipelineWorkers {
    func makeWorker() -> any PipelineWorker<ReadRows, [TableFeed.Piece]> { RowWorker() }
}

private struct RowWorker: PipelineWorker {
    private let decoder = RowDecoder()

    /// A batch as values: one piece, but for rows that cannot be read or are very long.
    func work(_ rows: ReadRows) -> [TableFeed.Piece] {
        let batch: RowBatch
        do { batch = try rows.batch() } catch {
            let wrapped = ExportError.wrap(error, entry: rows.origin, table: rows.table)
            let failure = wrapped as? ExportError ?? ExportError(.damaged, entry: rows.origin, why: "\(wrapped)")
            return [.init(rows: nil, failure: failure, layout: rows.layout)]
        }
        var pieces: [TableFeed.Piece] = [], row = 0
        while row < batch.rowCount {
            let decoded = decoder.decode(batch, from: row)
            let failure = decoded.fault.map { ExportError($0, entry: batch.origin, table: batch.table) }
            pieces.append(.init(rows: Rows(decoded.rows), failure: failure, layout: batch.layout))
            // What comes after a row that cannot be read is not asked for.
            row = failure == nil ? decoded.next : batch.rowCount
        }
        return pieces
    }
}
