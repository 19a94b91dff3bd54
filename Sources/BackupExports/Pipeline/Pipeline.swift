import BackupBytes
import Synchronization

/// The threads of a pipeline, which do what its state says (`PipelineState`): the worker whose action is `read` uses
/// the source, the one whose action is `deliver` uses the consumer, and the state, under the gate, gives each of these
/// to one worker at a time.
final class Pipeline<Input: Sendable, Output: Sendable>: Sendable {
    private typealias State = PipelineState<Input, Output>

    private struct Gated {
        var state: State
        /// The task that pulls, where it waits.
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let parts: PipelineParts<Input, Output>
    private let control: any PipelineSourceControl
    private let gate: Gate<Gated>
    private static var hasTurn: Int { 0 }
    private static var isOver: Int { 1 }
    /// As the state says, to be seen without the gate.
    private let isWorkExpected = Atomic<Bool>(false)
    private let workers: Int
    private let stages = Mutex<[Stage]>([])

    /// A tenth of a millisecond: to sleep and be woken takes longer than the rest of a slab's marking.
    private static var looksBeforeSleep: Int { 200_000 }

    init(_ parts: PipelineParts<Input, Output>, workers: Int, limits: PipelineState<Input, Output>.Limits) {
        self.parts = parts
        self.workers = workers
        control = parts.source.control
        gate = Gate(
            Gated(state: State(workers: workers, limits: limits, isPulled: parts.consumer == nil)), conditions: 2)
    }

    /// Runs until all is delivered and every thread has ended. Blocks.
    /// - Throws: what the consumer has thrown, or the error that the source ended with, after what came before it;
    ///   `CancellationError` after `cancel`; a `SystemFailure` where the system does not give that many threads.
    func run(threads name: String) throws {
        defer {
            cancel()
            for stage in stages.withLock(\.self) { stage.join() }
        }
        try start(threads: name)
        try gate.wait(for: Self.isOver) { $0.state.outcome }.get()
    }

    /// For results that are pulled: the threads live until the end, or until `cancel`.
    func start(threads name: String) throws(SystemFailure) {
        for number in 0 ..< workers {
            let stage = try Stage("\(name).\(number)") { [self] in work(number) }
            stages.withLock { $0.append(stage) }
        }
    }

    /// Ends it early; what is under way is dropped. Any thread.
    func cancel() {
        let waiter = gate.withLock { gated in
            gated.state.cancel()
            return wakes(&gated)
        }
        control.cancel()
        waiter?.resume()
    }

    // MARK: The task that pulls

    /// The next result; nil at the end. One task at a time. Throws as `run` does.
    func next() async throws -> Output? {
        while true {
            let pulled = gate.withLock { gated in
                let pulled = gated.state.pull()
                _ = wakes(&gated)
                return pulled
            }
            switch pulled {
            case .output(let output): return output
            case .end(let outcome):
                try outcome.get()
                return nil
            case .sleep: await sleep()
            }
        }
    }

    private func sleep() async {
        await withCheckedContinuation { waiter in
            let sleeps = gate.withLock { gated in
                if gated.state.isPullReady { return false }
                gated.waiter = waiter
                return true
            }
            if !sleeps { waiter.resume() }
        }
    }

    // MARK: The threads

    private func work(_ number: Int) {
        let worker = parts.workers.makeWorker()
        var event = State.Event.started
        while true {
            switch turn(number, after: event) {
            case .deliver(let output): event = .delivered(Result { try parts.consumer?.deliver(output) })
            case .work(let input): event = .worked(worker.work(input))
            case .read: event = .read(Result { try parts.source.next() })
            case .idle: event = .idled(parts.idle.contains { $0.doSome() })
            case .watch:
                watch()
                event = .watched
            case .sleep: event = .woken
            case .end: return
            }
        }
    }

    /// The next action of a worker; it has slept already where that is `sleep`.
    private func turn(_ number: Int, after event: State.Event) -> State.Action {
        let isReady = control.isReady
        var waiter: CheckedContinuation<Void, Never>?
        let action = gate.withLock(orSleepFor: Self.hasTurn) { gated -> State.Action? in
            let action = gated.state.next(number, after: event, sourceIsReady: isReady)
            isWorkExpected.store(gated.state.isWorkExpected, ordering: .relaxed)
            waiter = wakes(&gated)
            if case .sleep = action { return nil }
            return action
        }
        waiter?.resume()
        return action ?? .sleep
    }

    private func watch() {
        var looks = 0
        while isWorkExpected.load(ordering: .relaxed) && looks < Self.looksBeforeSleep { looks += 1 }
    }

    /// Wakes the threads that the state wants awake; the caller resumes the task that pulls, after the gate.
    private func wakes(_ gated: inout Gated) -> CheckedContinuation<Void, Never>? {
        let wakes = gated.state.popWakes()
        switch wakes.workers {
        case .none: break
        case .one: gate.signal(Self.hasTurn)
        case .all: gate.broadcast(Self.hasTurn)
        }
        guard wakes.consumer else { return nil }
        gate.broadcast(Self.isOver)
        defer { gated.waiter = nil }
        return gated.waiter
    }
}
