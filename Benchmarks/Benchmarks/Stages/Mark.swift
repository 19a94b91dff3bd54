import BackupRows
import BackupText
import Benchmark
import DataSets

/// Bytes to row batches: reading from memory, marking, cutting at record ends.
func markStage() {
    for set in DataSet.allCases {
        Benchmark("mark \(set.rawValue)", configuration: stageConfiguration) { benchmark, bytes in
            let setup = ReaderSetup()
            for _ in benchmark.scaledIterations {
                for batch in try batches(of: bytes, set, setup: setup) { blackHole(batch) }
            }
        } setup: {
            set.bytes(size: stageBytes)
        }
    }
}
