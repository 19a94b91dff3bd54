import BackupBytes
import Benchmark
import DataSets
import Foundation

/// A file from the page cache into slabs; beside it memcpy, the yardstick of all stages.
func readStage() {
    Benchmark("read", configuration: stageConfiguration) { benchmark, path in
        for _ in benchmark.scaledIterations {
            let source = try FileSource(path: path), slab = Slab()
            while try source.read(into: slab.room) > 0 {}
        }
    } setup: {
        let path = FileManager.default.temporaryDirectory.path + "/sluice-stage-read.csv"
        try Data(DataSet.orders.bytes(size: stageBytes)).write(to: URL(fileURLWithPath: path))
        return path
    } teardown: {
        try? FileManager.default.removeItem(
            atPath: FileManager.default.temporaryDirectory.path + "/sluice-stage-read.csv")
    }
    Benchmark("memcpy", configuration: stageConfiguration) { benchmark, bytes in
        let slab = Slab()
        for _ in benchmark.scaledIterations {
            bytes.withUnsafeBytes { bytes in
                var at = 0
                while at < bytes.count {
                    let count = min(slab.capacity, bytes.count - at)
                    slab.base.copyMemory(from: bytes.baseAddress! + at, byteCount: count)
                    blackHole(slab)
                    at += count
                }
            }
        }
    } setup: {
        DataSet.orders.bytes(size: stageBytes)
    }
}
