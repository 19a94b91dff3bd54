import Benchmark

let benchmarks: @Sendable () -> Void = {
    readStage()
    inflateStage()
    markStage()
    emitStage()
    decodeStage()
    writeStage()
    pipelineStage()
}
