/// When a walk offers its next checkpoint: as its timer says, and after something has been done since the last one.
struct CheckpointPace {
    /// nil: no process is to resume.
    private let timer: CheckpointTimer?
    private var last = ContinuousClock.now
    private var hasProgress = false

    init(_ timer: CheckpointTimer?) { self.timer = timer }

    var isDue: Bool { hasProgress && timer?.isDue(since: last) == true }

    mutating func noteCheckpoint() { (last, hasProgress) = (.now, false) }

    mutating func note(_ event: WalkEvent) {
        switch event {
        case .rows, .spilled: hasProgress = true
        default: hasProgress = false
        }
    }
}
