import BackupArchives
import BackupBytes
import Benchmark
import DataSets

/// gzip by ISA-L, zstd by libzstd, from memory into slabs.
func inflateStage() {
    Benchmark("inflate gzip", configuration: stageConfiguration) { benchmark, bytes in
        for _ in benchmark.scaledIterations { try drain(GzipSource(BytesSource(bytes))) }
    } setup: {
        DataSet.orders.bytes(size: stageBytes).withUnsafeBytes { Array(GzipCompressor().member($0)) }
    }
    Benchmark("inflate zstd", configuration: stageConfiguration) { benchmark, bytes in
        for _ in benchmark.scaledIterations { try drain(ZstdSource(BytesSource(bytes))) }
    } setup: {
        DataSet.orders.bytes(size: stageBytes).withUnsafeBytes { Array(ZstdCompressor().frame($0)) }
    }
}

private func drain(_ source: any ByteSource) throws {
    let slab = Slab()
    while try source.read(into: slab.room) > 0 {}
}
