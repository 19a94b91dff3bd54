import BackupBytes
import BackupLake

/// Where the lines of a conversion go, and what that can do beside taking them, as its type says.
struct ConversionSink {
    let blocks: any BlockSink
    /// nil: no run can resume what was written.
    let resumable: (any ResumableSink)?

    init(_ sink: any BlockSink) {
        blocks = sink
        resumable = nil
    }

    init(resumable sink: any ResumableSink) {
        blocks = sink
        resumable = sink
    }

    /// nil: no checkpoints are kept.
    var workFolder: WorkFolder? { resumable?.workFolder }
    var idleWork: [any IdleWork] { resumable.map { [$0.idleWork] } ?? [] }
}
