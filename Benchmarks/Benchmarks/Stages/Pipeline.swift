import BackupArchives
import BackupBytes
import BackupRows
import BackupText
import Benchmark
import DataSets

/// All stages from compressed bytes to JSON lines on one thread, batch by batch, which is what the command's threads
/// share out.
func pipelineStage() {
    for set in [DataSet.orders, .text, .wide, .ordersInserts, .textInserts, .ordersCopy, .textCopy] {
        Benchmark("pipeline \(set.rawValue)", configuration: stageConfiguration) { benchmark, bytes in
            for _ in benchmark.scaledIterations { try convert(BytesSource(bytes), set) }
        } setup: {
            set.bytes(size: stageBytes)
        }
    }
    Benchmark("pipeline orders, gzip", configuration: stageConfiguration) { benchmark, bytes in
        for _ in benchmark.scaledIterations { try convert(GzipSource(BytesSource(bytes)), .orders) }
    } setup: {
        DataSet.orders.bytes(size: stageBytes).withUnsafeBytes { Array(GzipCompressor().member($0)) }
    }
}

private func convert(_ source: any ByteSource, _ set: DataSet) throws {
    let setup = ReaderSetup(), pool = SlabPool(limit: 16), emitter = Emitter(pool: pool, collectsFaults: false)
    let rows = try reader(of: source, set, setup: setup)
    while let event = try rows.next() {
        guard case .rows(let rows) = event else { continue }
        for chunk in emitter.emit(try rows.batch()).chunks { pool.giveBack(chunk.slab) }
    }
}
