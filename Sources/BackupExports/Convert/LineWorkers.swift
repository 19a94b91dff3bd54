import BackupBytes
import BackupLake
import BackupRows
import Foundation

/// What comes out of a conversion's pipeline, in order: rows that have become lines, and what needs no work.
indirect enum ConversionOutput: Sendable {
    case lines(LineBatch)
    /// What is wrong with rows that a worker made.
    case failure(any Error)
    case event(WalkEvent)
    case checkpoint(WalkCheckpoint)
    case endOfInput(SpillCost, bytesRead: Int)
}

/// The rows of a batch as lines.
struct LineBatch: Sendable {
    /// Without its chunks, which have become the lines.
    var emitted: EmittedRows
    /// The lines, as the sink takes them.
    var blocks: [OutputBlock]
    var layout: RowLayout
    var origin: String

    var table: TableName { layout.table }
}

/// The workers of a conversion: batches of rows to blocks of lines.
struct LineWorkers: PipelineWorkers {
    /// A row that cannot be written does not end the conversion.
    let collectsFaults: Bool
    let compression: Compression
    let pool = SlabPool(limit: 16)

    init(_ conversion: ConversionOptions, _ compression: Compression) {
        self.compression = compression
        collectsFaults = if case .file = conversion.rejects { true } else { false }
    }

    func makeWorker() -> any PipelineWorker<ReadRows, ConversionOutput> { LineWorker(self) }
}

private struct LineWorker: PipelineWorker {
    private let pool: SlabPool
    private let emitter: Emitter
    private let encoder: BlockEncoder

    init(_ workers: LineWorkers) {
        pool = workers.pool
        emitter = Emitter(pool: pool, collectsFaults: workers.collectsFaults)
        encoder = BlockEncoder(workers.compression)
    }

    func work(_ rows: ReadRows) -> ConversionOutput {
        var emitted: EmittedRows
        do { emitted = try rows.lines(by: emitter) } catch {
            return .failure(ExportError.wrap(error, entry: rows.origin, table: rows.table))
        }
        let blocks = emitted.chunks.map { encoder.encode(Lines($0.slab, from: pool, rows: $0.rows)) }
        emitted.chunks = []
        return .lines(LineBatch(emitted: emitted, blocks: blocks, layout: rows.layout, origin: rows.origin))
    }
}
