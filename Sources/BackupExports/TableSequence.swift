import BackupBytes
import BackupLake
import BackupRows
import BackupText

/// The tables of an export, one after another, as they lie. Each is read as far as you read it; the next one skips the
/// rest.
///
/// A table is read once, by one reader, and before the next table is asked for. Anything else throws `ExportError` with
/// the code `outOfTurn`; the rows that were given out before stay what they were, for they own their values. A loop
/// that is left early ends the reading.
public struct TableSequence: AsyncSequence {
    public typealias Element = ExportTable
    private let export: BackupExport

    init(_ export: BackupExport) { self.export = export }

    public func makeAsyncIterator() -> Iterator { Iterator(feed: WalkFeed(export)) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let feed: WalkFeed

        /// - Throws: `ExportError`; `CancellationError` when the task is cancelled.
        public mutating func next() async throws -> ExportTable? {
            guard let (turn, batch) = try await feed.nextTable() else { return nil }
            return ExportTable(name: batch.table, columns: batch.layout.outputColumns, feed: feed, turn: turn)
        }
    }
}

/// A table whose rows come next: until the next table is asked for, they can be read once.
public struct ExportTable: Sendable {
    public let name: TableName
    public let columns: [OutputColumn]
    fileprivate let feed: WalkFeed
    /// Its number among the tables of this reading.
    fileprivate let turn: Int

    /// Its rows in batches of some thousand: the pipeline's own unit.
    public var batches: BatchSequence { BatchSequence(feed: feed, turn: turn) }
    /// Its rows, one by one.
    public var rows: RowSequence { RowSequence(feed: feed, turn: turn) }
}

/// Batches of one table.
public struct BatchSequence: AsyncSequence {
    fileprivate let feed: WalkFeed
    fileprivate let turn: Int

    public func makeAsyncIterator() -> Iterator { Iterator(feed: feed, reader: TableReader(turn: turn)) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let feed: WalkFeed
        fileprivate let reader: TableReader

        /// - Throws: `ExportError`; `CancellationError` when the task is cancelled.
        public mutating func next() async throws -> [Row]? { try await feed.nextBatch(for: reader) }
    }
}

/// Rows of one table.
public struct RowSequence: AsyncSequence {
    fileprivate let feed: WalkFeed
    fileprivate let turn: Int

    public func makeAsyncIterator() -> Iterator { Iterator(feed: feed, reader: TableReader(turn: turn)) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let feed: WalkFeed
        fileprivate let reader: TableReader

        /// - Throws: `ExportError`; `CancellationError` when the task is cancelled.
        public mutating func next() async throws -> Row? { try await feed.nextRow(for: reader) }
    }
}

// One task at a time: the compiler refuses to share these.
@available(*, unavailable) extension TableSequence.Iterator: Sendable {}
@available(*, unavailable) extension BatchSequence.Iterator: Sendable {}
@available(*, unavailable) extension RowSequence.Iterator: Sendable {}
