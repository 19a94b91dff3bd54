import BackupBytes
import Benchmark
import Foundation

/// Slabs to a file in the temporary folder, and to a pipe's worth of nothing.
func writeStage() {
    for (name, path) in [
        ("discard", "/dev/null"), ("file", FileManager.default.temporaryDirectory.path + "/sluice-stage-write"),
    ] {
        Benchmark("write \(name)", configuration: stageConfiguration) { benchmark in
            let slab = Slab()
            slab.base.initializeMemory(as: UInt8.self, repeating: 0x61, count: slab.capacity)
            for _ in benchmark.scaledIterations {
                let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
                for _ in 0 ..< stageBytes / slab.capacity { blackHole(write(file, slab.base, slab.capacity)) }
                close(file)
            }
        } teardown: {
            if name == "file" { unlink(path) }
        }
    }
}
