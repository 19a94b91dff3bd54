import BackupBytes
import BackupTables
import Synchronization

/// The tables of an export, one after another, as they lie. Each is read as far as you read it; the next one skips the rest.
public struct TableSequence: AsyncSequence {
    public typealias Element = ExportTable
    private let export: BackupExport

    init(_ export: BackupExport) { self.export = export }

    public func makeAsyncIterator() -> Iterator { Iterator(feed: WalkFeed(export)) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let feed: WalkFeed

        public mutating func next() async throws -> ExportTable? {
            try await feed.nextTable().map { ExportTable(name: $0.table, columns: $0.layout.outputColumns, feed: feed) }
        }
    }
}

/// A table whose rows come next.
public struct ExportTable: Sendable {
    public let name: TableName
    public let columns: [OutputColumn]
    fileprivate let feed: WalkFeed

    /// Its rows in batches of some thousand: the pipeline's own unit.
    public var batches: BatchSequence { BatchSequence(feed: feed) }
    /// Its rows, one by one.
    public var rows: RowSequence { RowSequence(feed: feed) }
}

/// Batches of one table.
public struct BatchSequence: AsyncSequence {
    fileprivate let feed: WalkFeed
    public func makeAsyncIterator() -> Iterator { Iterator(feed: feed) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let feed: WalkFeed
        /// - Throws: `ExportError`; `CancellationError` when the task is cancelled.
        public mutating func next() async throws -> [Row]? { try await feed.nextBatch() }
    }
}

/// Rows of one table.
public struct RowSequence: AsyncSequence {
    fileprivate let feed: WalkFeed
    public func makeAsyncIterator() -> Iterator { Iterator(feed: feed) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let feed: WalkFeed
        private var rows: ArraySlice<Row> = []
        fileprivate init(feed: WalkFeed) { self.feed = feed }

        /// - Throws: `ExportError`; `CancellationError` when the task is cancelled.
        public mutating func next() async throws -> Row? {
            while rows.isEmpty {
                guard let batch = try await feed.nextBatch() else { return nil }
                rows = batch[...]
            }
            return rows.popFirst()
        }
    }
}

/// A walk on a thread of its own, whose batches are asked for one at a time.
private final class WalkFeed: Sendable {
    private struct State {
        var table: TableName?
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
        _ = Stage("sluice.walk") { [setup, queue, current] in
            do {
                for input in export.inputs {
                    let walk = try ExportWalk(input, options: export.options, setup: setup, counter: ByteCounter())
                    current.set(walk)
                    while let event = try walk.next() {
                        switch event {
                        case .rows(let batch): try queue.put(batch)
                        case .dropped(let table, _, let entry):
                            throw ExportError(
                                .badStatement, entry: entry, table: table, why: "the export removes it, or its rows, after they were read",
                                advice: "convert it to a folder")
                        case .fault(let fault, let table, let entry): throw ExportError(fault, entry: entry, table: table)
                        default: break
                        }
                    }
                }
                queue.finish()
            } catch { queue.finish(throwing: error) }
        }
    }

    deinit { cancel() }

    private func cancel() {
        queue.cancel()
        current.cancel()
    }

    /// The first batch of the next table; what is left of the one before is skipped.
    func nextTable() async throws -> RowBatch? {
        let table = state.withLock { $0.table }
        while let batch = try await peek() {
            if batch.table != table {
                state.withLock { $0.table = batch.table }
                return batch
            }
            consume(batch)
        }
        return nil
    }

    /// The rows of the next batch of the current table.
    func nextBatch() async throws -> [Row]? {
        guard let batch = try await peek(), batch.table == state.withLock({ $0.table }) else { return nil }
        defer { consume(batch) }
        do { return try batch.rows() } catch { throw ExportError(error, entry: batch.origin, table: batch.table) }
    }

    private func peek() async throws -> RowBatch? {
        if let batch = state.withLock({ $0.pending }) { return batch }
        let batch = try await withTaskCancellationHandler { try await queue.next() } onCancel: { cancel() }
        state.withLock { $0.pending = batch }
        return batch
    }

    private func consume(_ batch: RowBatch) {
        state.withLock { $0.pending = nil }
        batch.recycle(setup)
    }
}
