import DequeModule

/// Who does what next in a pipeline, as a value: events in, actions out. It knows no thread, no lock and no clock;
/// `Pipeline` drives it with threads, tests drive it without.
///
///     source → read → | todo | → work → | done, in the order of the source | → deliver
///              one at a time     any number                                    one at a time
///
/// A worker reports the result of its last action and is given the next one. It does what is nearest to the end, and
/// what it has in its core's cache first:
///
///     deliver  the first in order is done: it, and what others have done after it
///     work     what this worker has read itself, then what others have read
///     read     the next step of the source; the reader reads on for as long as others sleep for want of work
///     idle     nothing of this can be done now: whatever may be done at any time
///     watch    somebody reads: to sleep and be woken would take longer than what is waited for
///     sleep    until another worker's event wakes this one
///     end      all is over, or nothing is left for this worker
struct PipelineState<Input: Sendable, Output: Sendable> {
    /// What the source gives: something to do, or a result that needs no work and keeps its order among the others.
    enum Step: Sendable {
        case work(Input)
        case ready(Output)
    }

    /// What has come of a worker's last action.
    enum Event: Sendable {
        case started
        /// nil: the source is at its end.
        case read(Result<Step?, any Error>)
        case worked(Output)
        case delivered(Result<Void, any Error>)
        /// Whether there was anything to do; others may find something to do now.
        case idled(Bool)
        case watched
        case woken
    }

    enum Action: Sendable {
        case deliver(Output)
        case work(Input)
        case read
        case idle
        case watch
        case sleep
        case end
    }

    /// What a consumer that pulls gets.
    enum Pull: Sendable {
        case output(Output)
        /// Until it is woken.
        case sleep
        case end(Result<Void, any Error>)
    }

    /// How much may be between the source and the end of the pipeline.
    struct Limits {
        /// Steps that are or were work, by their weight; one that is heavier is alone.
        var work: Int
        var weigh: @Sendable (Input) -> Int = { _ in 1 }
        /// All steps. Those that were never work are small.
        var steps = 512
    }

    /// Who is to be woken after an event.
    struct Wakes {
        enum Workers { case none, one, all }
        var workers = Workers.none
        var consumer = false
    }

    private struct Ticket {
        let number: Int
        let input: Input
    }

    private struct Slot {
        /// Of work; 0 where it was none.
        let weight: Int
        var output: Output?
    }

    private struct Worker {
        /// What it has read and does itself.
        var own: Ticket?
        /// The number of what it works on.
        var number: Int?
    }

    private let limits: Limits
    /// The consumer pulls; else the workers deliver.
    private let isPulled: Bool
    private var workers: [Worker]
    private var todo: Deque<Ticket> = []
    /// From the step that is delivered next to the one that was read last.
    private var inOrder: Deque<Slot> = []
    /// Number of the first of these.
    private var first = 0
    private var workUnderWay = 0
    private var sleepers = 0
    private var isReading = false
    private var isDelivering = false
    private var deliveredWeight = 0
    /// Cancelled, or delivery has failed: what was under way is dropped.
    private var isStopped = false
    /// No step follows those that are in order.
    private var ending: Result<Void, any Error>?
    private var wakes = Wakes()

    init(workers count: Int, limits: Limits, isPulled: Bool = false) {
        workers = Array(repeating: Worker(), count: count)
        self.limits = limits
        self.isPulled = isPulled
    }

    /// How it has ended; nil before. Errors come after what came before them in the order of the source.
    var outcome: Result<Void, any Error>? { isOver ? ending : nil }

    /// Somebody reads, and there is no work before that.
    var isWorkExpected: Bool { isReading && todo.isEmpty }

    private var isOver: Bool { ending != nil && inOrder.isEmpty && !isDelivering }
    private var isAlone: Bool { workers.count == 1 }
    private var isFirstDone: Bool { inOrder.first?.output != nil }
    private var hasRoom: Bool { workUnderWay < limits.work && inOrder.count < limits.steps }

    /// The next action of a worker whose last one has come to `event`. `sourceIsReady`: the source would not wait, as
    /// it was a moment ago. Who makes it ready comes here afterwards, with a newer answer.
    mutating func next(_ worker: Int, after event: Event, sourceIsReady: Bool) -> Action {
        switch event {
        case .started, .watched, .idled(false): break
        case .woken: sleepers -= 1
        case .idled(true):
            wakeOne()
            // What it does has its state in this core's cache, and others read meanwhile.
            if !isAlone && ending == nil { return .idle }
        case .read(let step):
            put(step)
            if readsOn(sourceIsReady) { return .read }
            isReading = false
            workers[worker].own = todo.popLast()
        case .worked(let output): finish(worker, output)
        case .delivered(let result): endDelivery(result)
        }
        return choose(worker, after: event, sourceIsReady)
    }

    /// For a consumer that pulls: the first in order, if it is done.
    mutating func pull() -> Pull {
        if let output = popFirst() {
            workUnderWay -= deliveredWeight
            if !isReading { wakeOne() }
            return .output(output)
        }
        return outcome.map { .end($0) } ?? .sleep
    }

    /// Whether `pull` would give something.
    var isPullReady: Bool { isFirstDone || isOver }

    /// All that is under way is dropped, and it ends with `CancellationError`, unless it is over.
    mutating func cancel() { if !isOver && !isStopped { stop(.failure(CancellationError())) } }

    /// Who is to be woken now.
    mutating func popWakes() -> Wakes {
        defer { wakes = Wakes() }
        return wakes
    }

    // MARK: Actions

    private mutating func choose(_ worker: Int, after event: Event, _ sourceIsReady: Bool) -> Action {
        if !isPulled, !isDelivering, let output = popFirst() {
            isDelivering = true
            wakeOne()
            return .deliver(output)
        }
        if let ticket = workers[worker].own ?? todo.popFirst() {
            workers[worker] = Worker(number: ticket.number)
            return .work(ticket.input)
        }
        if ending != nil { return .end }
        if !isReading && hasRoom && sourceIsReady {
            isReading = true
            return .read
        }
        switch event {
        case .idled(false) where isWorkExpected: return .watch
        case .idled(false), .watched:
            sleepers += 1
            return .sleep
        default: return .idle
        }
    }

    /// Others sleep for want of work, and nothing waits to be delivered.
    private func readsOn(_ sourceIsReady: Bool) -> Bool {
        ending == nil && hasRoom && sourceIsReady && todo.count <= sleepers
            && (isPulled || !isFirstDone)
    }

    private mutating func wakeOne() { if sleepers > 0 && wakes.workers == .none { wakes.workers = .one } }

    // MARK: Events

    private mutating func put(_ step: Result<Step?, any Error>) {
        if ending != nil { return }  // stopped meanwhile
        switch step {
        case .success(.work(let input)):
            todo.append(Ticket(number: first + inOrder.count, input: input))
            let weight = limits.weigh(input)
            inOrder.append(Slot(weight: weight))
            workUnderWay += weight
            wakeOne()
        case .success(.ready(let output)):
            inOrder.append(Slot(weight: 0, output: output))
            wakes.consumer = isPulled
        case .success(nil): end(.success(()))
        case .failure(let error): end(.failure(error))
        }
    }

    private mutating func finish(_ worker: Int, _ output: Output) {
        guard let number = workers[worker].number else { return }
        workers[worker].number = nil
        guard inOrder.indices.contains(number - first) else { return }  // dropped meanwhile
        inOrder[number - first].output = output
        wakes.consumer = isPulled && isFirstDone
    }

    /// The first in order, if it is done.
    private mutating func popFirst() -> Output? {
        guard isFirstDone, let slot = inOrder.popFirst() else { return nil }
        first += 1
        deliveredWeight = slot.weight
        return slot.output
    }

    private mutating func endDelivery(_ result: Result<Void, any Error>) {
        isDelivering = false
        workUnderWay -= deliveredWeight
        if case .failure = result, !isStopped { stop(result) }
        if isOver { wakes.consumer = true } else if !isReading { wakeOne() }
    }

    private mutating func end(_ ending: Result<Void, any Error>) {
        self.ending = ending
        wakes = Wakes(workers: .all, consumer: true)
    }

    private mutating func stop(_ ending: Result<Void, any Error>) {
        isStopped = true
        first += inOrder.count
        inOrder.removeAll()
        todo.removeAll()
        for index in workers.indices { workers[index].own = nil }
        end(ending)
    }
}
