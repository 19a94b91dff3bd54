import BackupBytes
import BackupRows
import BackupText
import Benchmark
import DataSets

/// Row batches to JSON lines, UTF-8 check included.
func emitStage() {
    for set in DataSet.allCases {
        Benchmark("emit \(set.rawValue)", configuration: stageConfiguration) { benchmark, batches in
            let pool = SlabPool(limit: 16), emitter = Emitter(pool: pool, collectsFaults: false)
            for _ in benchmark.scaledIterations {
                for batch in batches { for chunk in emitter.emit(batch).chunks { pool.giveBack(chunk.slab) } }
            }
        } setup: {
            try batches(of: set.bytes(size: stageBytes), set, setup: ReaderSetup())
        }
    }
}
