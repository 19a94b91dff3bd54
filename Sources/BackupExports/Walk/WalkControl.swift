import BackupArchives
import BackupBytes
import Synchronization

/// The walk that is under way, as any thread may have it; `cancel` before it has begun, too.
final class WalkControl: PipelineSourceControl, IdleWork {
    private struct State {
        var input: UnpackingControl?
        var structures: GivenStructures?
        var isCancelled = false
    }
    private let state = Mutex(State())

    /// Structures may be read before the next walk begins.
    func begin(_ structures: GivenStructures) {
        let isCancelled = state.withLock {
            $0.structures = structures
            return $0.isCancelled
        }
        if isCancelled { structures.cancel() }
    }

    /// The next walk begins.
    func begin(_ walk: ExportWalk) {
        let input = walk.control
        let isCancelled = state.withLock {
            $0.input = input
            return $0.isCancelled
        }
        if isCancelled { input?.cancel() }
    }

    var isCancelled: Bool { state.withLock(\.isCancelled) }

    private var input: UnpackingControl? { state.withLock(\.input) }

    /// Whether more can be had without waiting for what is inflated ahead.
    var isReady: Bool { input?.isAtHand ?? true }

    /// Inflates ahead of the walk.
    func doSome() -> Bool { input?.inflateAhead() ?? false }

    func cancel() {
        // Not under the lock: the source is somebody else's code.
        let (structures, input) = state.withLock {
            $0.isCancelled = true
            return ($0.structures, $0.input)
        }
        structures?.cancel()
        input?.cancel()
    }
}
