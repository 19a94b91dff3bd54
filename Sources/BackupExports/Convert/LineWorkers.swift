import BackupBytes
import BackupLake
import BackupRows
import Foundation

/// What comes out of a conversion's pipeline, in order: rows that have become lines, and what needs no work.
enum ConversionOutput: Sendable {
    case lines(LineBatch)
    case event(WalkEvent)
    case checkpoint(WalkCheckpoint)
    case endOfInput(SpoolCost)
}

/// The rows of a batch as lines.
struct LineBatch: Sendable {
    /// Without its chunks, which have become the lines.
    var emitted: EmittedRows
    var lines: [Lines]
    var layout: RowLayout
    var origin: String

    var table: TableName { layout.table }
}

/// The workers of a conversion: batches of rows to lines, compressed where that is asked for.
struct LineWorkers: PipelineWorkers {
    /// A row that cannot be written does not end the conversion.
    let collectsFaults: Bool
    let compression: ConversionOptions.Compression
    let pool = SlabPool(limit: 16)

    init(_ conversion: ConversionOptions) {
        collectsFaults = if case .file = conversion.rejects { true } else { false }
        compression = conversion.compression
    }

    func makeWorker() -> any PipelineWorker<RowBatch, ConversionOutput> { LineWorker(self) }
}

private struct LineWorker: PipelineWorker {
    private enum Compressor {
        case gzip(GzipCompressor)
        case zstd(ZstdCompressor)
    }

    private let pool: SlabPool
    private let emitter: Emitter
    private let compressor: Compressor?

    init(_ workers: LineWorkers) {
        pool = workers.pool
        emitter = Emitter(pool: pool, collectsFaults: workers.collectsFaults)
        compressor =
            switch workers.compression {
            case .none: nil
            case .gzip: .gzip(GzipCompressor())
            case .zstd: .zstd(ZstdCompressor())
            }
    }

    func work(_ batch: RowBatch) -> ConversionOutput {
        var emitted = emitter.emit(batch)
        let lines = emitted.chunks.map { compressed(Lines($0.slab, from: pool, rows: $0.rows)) }
        emitted.chunks = []
        return .lines(LineBatch(emitted: emitted, lines: lines, layout: batch.layout, origin: batch.origin))
    }

    private func compressed(_ lines: Lines) -> Lines {
        switch compressor {
        case nil: lines
        case .gzip(let compressor): Lines(lines.withBytes { compressor.member($0) }, rows: lines.rows)
        case .zstd(let compressor): Lines(lines.withBytes { compressor.frame($0) }, rows: lines.rows)
        }
    }
}
