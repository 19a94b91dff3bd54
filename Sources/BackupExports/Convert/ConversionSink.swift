import BackupBytes
import BackupLake

/// Where the lines of a conversion go, and what that can do beside taking them, as its type says.
struct ConversionSink {
    let rows: any RowSink
    /// nil: nobody can resume what was written.
    let resumable: (any ResumableSink)?

    init(_ sink: any RowSink) {
        rows = sink
        resumable = nil
    }

    init(resumable sink: any ResumableSink) {
        rows = sink
        resumable = sink
    }

    /// nil: no checkpoints are kept.
    var workFolder: WorkFolder? { resumable?.workFolder }
    var idleWork: [any IdleWork] { resumable.map { [$0.idleWork] } ?? [] }
}
