import BackupLake
import BackupRows
import BackupText
import Synchronization

/// The walks of a conversion's inputs, one after another, and where each can be gone on with. Used by one thread at a
/// time.
final class ConversionWalk {
    enum Step {
        case event(WalkEvent)
        case place(WalkPlace, input: Int, whenKept: @Sendable () -> Void)
        case endOfInput(SpoolCost)
    }

    private let inputs: [ExportInput]
    private let open: (_ input: ExportInput, _ number: Int) throws -> ExportWalk
    /// Whether a place is wanted now, given when the last one was made.
    private let wantsPlace: (ContinuousClock.Instant) -> Bool
    private var number: Int
    private var walk: ExportWalk?
    /// Something has been done since the last place.
    private var hasMoved = false
    private var lastPlace = ContinuousClock.now
    private let current: CurrentWalk

    init(
        _ inputs: [ExportInput], from first: Int, current: CurrentWalk,
        wantsPlace: @escaping (ContinuousClock.Instant) -> Bool,
        open: @escaping (_ input: ExportInput, _ number: Int) throws -> ExportWalk
    ) {
        self.inputs = inputs
        self.open = open
        self.wantsPlace = wantsPlace
        self.current = current
        number = first
    }

    /// The next step; nil after the last input.
    func next() throws -> Step? {
        if walk == nil {
            guard number < inputs.count else { return nil }
            let opened = try open(inputs[number], number)
            current.set(opened)
            walk = opened
        }
        guard let walk else { return nil }
        if hasMoved, wantsPlace(lastPlace), let (place, whenKept) = try walk.place() {
            hasMoved = false
            lastPlace = .now
            return .place(place, input: number, whenKept: whenKept)
        }
        if let event = try walk.nextOfSameInput() {
            hasMoved =
                switch event {
                case .rows, .laidAside: true
                default: false
                }
            return .event(event)
        }
        self.walk = nil
        number += 1
        return .endOfInput(walk.spoolCost)
    }
}

/// The walk that is under way, as any thread may have it; `cancel` before it has begun, too.
final class CurrentWalk: Sendable {
    private struct State: @unchecked Sendable {
        var walk: ExportWalk?
        var isCancelled = false
    }
    private let state = Mutex(State())

    func set(_ walk: ExportWalk) {
        let box = State(walk: walk)
        let isCancelled = state.withLock {
            $0.walk = box.walk
            return $0.isCancelled
        }
        if isCancelled { walk.cancel() }
    }

    /// Whether more can be had without waiting.
    var isAtHand: Bool { walk?.isAtHand ?? true }

    /// Inflates ahead of the walk, where that is left to callers.
    /// - Returns: whether there was anything to do.
    func inflateAhead() -> Bool { walk?.inflateAhead() ?? false }

    private var walk: ExportWalk? { state.withLock { State(walk: $0.walk) }.walk }

    func cancel() {
        // Not behind the lock: the source is somebody else's code, and may ask what it likes.
        let box = state.withLock {
            $0.isCancelled = true
            return State(walk: $0.walk)
        }
        box.walk?.cancel()
    }
}
