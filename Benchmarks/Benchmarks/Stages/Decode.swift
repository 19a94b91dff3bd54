import BackupRows
import Benchmark
import DataSets

/// Row batches to values, each of them looked at: what a loop over rows adds to marking.
func decodeStage() {
    for set in DataSet.allCases {
        Benchmark("decode \(set.rawValue)", configuration: stageConfiguration) { benchmark, batches in
            let decoder = RowDecoder()
            for _ in benchmark.scaledIterations {
                for batch in batches {
                    let rows = decoder.decode(batch).rows
                    var bytes = 0
                    for position in 0 ..< rows.count * rows.columnCount { bytes += rows.bytes(at: position).count }
                    blackHole(bytes)
                }
            }
        } setup: {
            try batches(of: set.bytes(size: stageBytes), set, setup: ReaderSetup())
        }
    }
}
