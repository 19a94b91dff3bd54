import Benchmark

let benchmarks: @Sendable () -> Void = {
    readStage()
    inflateStage()
    markStage()
    emitStage()
    writeStage()
    pipelineStage()
}
