import BackupBytes
import BackupLake
import BackupRows
import BackupText

/// The tables of an export, one after another, as they lie. Each is read as far as you read it; the next one skips the
/// rest.
///
/// A table is read once, by one reader, and before the next table is asked for. Anything else throws `ExportError` with
/// the code `outOfTurn`; the rows that were given out before stay what they were, for they keep their batch. A loop
/// that is left early ends the reading.
public struct TableSequence: AsyncSequence {
    /// What is iterated.
    public typealias Element = ExportTable
    private let export: BackupExport

    init(_ export: BackupExport) { self.export = export }

    /// An iterator; one task at a time uses it.
    public func makeAsyncIterator() -> Iterator { Iterator(feed: TableFeed(export)) }

    /// Reads one after another, as far as it is asked.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let feed: TableFeed

        /// - Throws: `ExportError`; `CancellationError` when the task is cancelled.
        public mutating func next() async throws -> ExportTable? {
            guard let (turn, layout) = try await feed.nextTable() else { return nil }
            return ExportTable(name: layout.table, columns: layout.outputColumns, feed: feed, turn: turn)
        }
    }
}

/// A table whose rows come next: until the next table is asked for, they can be read once.
public struct ExportTable: Sendable {
    /// The table's full name.
    public let name: TableName
    /// The columns of each row, in their order.
    public let columns: [OutputColumn]
    fileprivate let feed: TableFeed
    /// Its number among the tables of this reading.
    fileprivate let turn: Int

    /// Its rows in batches of some thousand: the pipeline's own unit, and the fastest way through.
    public var batches: BatchSequence { BatchSequence(feed: feed, turn: turn) }
    /// Its rows, one by one.
    public var rows: RowSequence { RowSequence(feed: feed, turn: turn) }
}

/// Batches of one table.
public struct BatchSequence: AsyncSequence {
    fileprivate let feed: TableFeed
    fileprivate let turn: Int

    /// An iterator; one task at a time uses it.
    public func makeAsyncIterator() -> Iterator { Iterator(feed: feed, reader: TableReader(turn: turn)) }

    /// Reads one after another, as far as it is asked.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let feed: TableFeed
        fileprivate let reader: TableReader

        /// - Throws: `ExportError`; `CancellationError` when the task is cancelled.
        public mutating func next() async throws -> Rows? { try await feed.nextBatch(for: reader) }
    }
}

/// Rows of one table.
public struct RowSequence: AsyncSequence {
    fileprivate let feed: TableFeed
    fileprivate let turn: Int

    /// An iterator; one task at a time uses it.
    public func makeAsyncIterator() -> Iterator { Iterator(feed: feed, reader: TableReader(turn: turn)) }

    /// Reads one after another, as far as it is asked.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let feed: TableFeed
        fileprivate let reader: TableReader
        /// Shared by copies of the iterator.
        private let cursor = RowCursor()

        fileprivate init(feed: TableFeed, reader: TableReader) {
            self.feed = feed
            self.reader = reader
        }

        /// - Throws: `ExportError`; `CancellationError` when the task is cancelled.
        public mutating func next() async throws -> Row? { try await next(isolation: nil) }

        /// The same for a caller on an actor, which is left once a batch.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Row? {
            if feed.isTurn(reader.turn), let row = cursor.next() { return row }
            guard let rows = try await feed.nextBatch(for: reader) else { return nil }
            return cursor.begin(rows)
        }
    }
}

/// Rows of a batch that are given out one by one.
private final class RowCursor {
    private var rows: Rows?
    private var index = 0

    func next() -> Row? {
        guard let rows, index < rows.endIndex else { return nil }
        defer { index += 1 }
        return rows[index]
    }

    func begin(_ rows: Rows) -> Row? {
        (self.rows, index) = (rows, 0)
        return next()
    }
}

// One task at a time: the compiler refuses to share these.
@available(*, unavailable) extension TableSequence.Iterator: Sendable {}
@available(*, unavailable) extension BatchSequence.Iterator: Sendable {}
@available(*, unavailable) extension RowSequence.Iterator: Sendable {}
