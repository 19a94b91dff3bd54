import BackupLake

/// Keeps the checkpoints of a conversion in its sink.
struct CheckpointKeeper {
    private let sink: any ResumableSink
    private let timer: CheckpointTimer

    init(_ sink: any ResumableSink, _ timer: CheckpointTimer) {
        self.sink = sink
        self.timer = timer
    }

    /// Makes the point that the walk has come to the one to resume from.
    func keep(_ walk: WalkCheckpoint, of ledger: Ledger) throws {
        let began = ContinuousClock.now
        try sink.keep(ledger.resumePoint(at: walk, began: began))
        timer.note(cost: ContinuousClock.now - began)
        walk.whenKept()
    }
}
