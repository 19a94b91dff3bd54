import BackupBytes
import BackupLake
import BackupRows

/// The walks of all inputs, one after another, and where each can be resumed. Used by one thread at a time.
final class InputsWalk {
    enum Step: Sendable {
        case event(WalkEvent)
        /// Between two rows: a conversion can be resumed here.
        indirect case checkpoint(WalkCheckpoint)
        /// `bytesRead`: of all inputs so far.
        case endOfInput(SpillCost, bytesRead: Int)
    }

    private let inputs: ArraySlice<ExportInput>
    private let setting: WalkSetting
    /// Where the first walk resumes.
    private let start: WalkResumePoint?
    let control: WalkControl
    /// What binary logs of several inputs have in common.
    private let changeLogs = ChangeLogs()
    /// What is to be reported after the last input.
    private var ending: [WalkEvent]?
    private var pace: CheckpointPace
    private var number: Int
    private var walk: ExportWalk?

    /// `start`: the walk of the input of the number `first` resumes there.
    init(
        _ inputs: [ExportInput], _ setting: WalkSetting, control: WalkControl, checkpoints: CheckpointTimer? = nil,
        from first: Int = 0, at start: WalkResumePoint? = nil
    ) {
        self.inputs = inputs[first...]
        self.setting = setting
        pace = CheckpointPace(checkpoints)
        self.start = start
        self.control = control
        number = first
    }

    /// The next step; nil after the last input.
    func next() throws -> Step? {
        if control.isCancelled { throw CancellationError() }
        guard let walk = try self.walk ?? openNext() else { return nil }
        self.walk = walk
        if pace.isDue, let (point, whenKept) = try walk.resumePoint() {
            pace.noteCheckpoint()
            return .checkpoint(WalkCheckpoint(point: point, input: number, whenKept: whenKept))
        }
        if let event = try walk.nextOfSameInput() {
            pace.note(event)
            return .event(event)
        }
        if number + 1 == inputs.endIndex {
            var events = try ending ?? changeLogs.end()
            let event = events.isEmpty ? nil : events.removeFirst()
            ending = events
            if let event { return .event(event) }
        }
        self.walk = nil
        number += 1
        return .endOfInput(walk.spillCost, bytesRead: setting.counter.count)
    }

    private func openNext() throws -> ExportWalk? {
        guard number < inputs.endIndex else { return nil }
        control.begin(setting.given)
        let walk = try ExportWalk(
            inputs[number], options: setting.options, setup: setting.setup, counter: setting.counter,
            given: setting.given.tables(), logs: setting.workFolder?.logs(ofInput: number), changeLogs: changeLogs,
            at: number == inputs.startIndex ? start : nil)
        control.begin(walk)
        return walk
    }
}

/// What the walks of all inputs share.
struct WalkSetting {
    var options: ExportOptions
    var setup: ReaderSetup
    /// Read before the first input, if they are not yet.
    var given: GivenStructures
    /// Counts the bytes read of the inputs.
    var counter = ByteCounter()
    /// Where what they learn outlives the process; nil where no process is to resume.
    var workFolder: WorkFolder?
}

/// Where a walk can be resumed.
struct WalkCheckpoint: Sendable {
    var point: WalkResumePoint
    /// The number of the input.
    var input: Int
    /// What may be done when the checkpoint is on disk.
    var whenKept: @Sendable () -> Void
}
