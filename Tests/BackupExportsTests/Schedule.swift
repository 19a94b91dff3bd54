import TestSupport
import Testing

@testable import BackupExports

/// Plays the workers, the source and the consumer of a pipeline's state, one move at a time. Holds what must be true
/// after every move.
///
/// A worker looks whether the source is ready before it comes to the gate, as threads do: by then the answer may be
/// old.
struct Schedule: CustomStringConvertible {
    /// Steps are their numbers; every third one needs no work.
    struct Plan: Sendable {
        var workers: Int
        var steps: Int
        var limits = PipelineState<Int, Int>.Limits(work: 4, steps: 6)
        var isPulled = false
        /// So many steps can be made ready before they are asked for, by idle workers; nil: all are.
        var ahead: Int?
        var sourceFailsAt: Int?
        var deliveryFailsAt: Int?
        /// Once, before any move.
        var mayBeCancelled = false

        /// Whether it may end so.
        func allows(_ outcome: Outcome?, after delivered: [Int]) -> Bool {
            let end = min(steps, sourceFailsAt ?? .max, deliveryFailsAt ?? .max)
            if outcome == .cancelled { return mayBeCancelled && delivered.count <= end }
            return delivered == Array(0 ..< end) && outcome == (end == steps ? .success : .failed(end))
        }
    }

    /// Who moves next.
    enum Move {
        case worker(Int)
        case consumer
        case cancel
    }

    enum Outcome: Equatable {
        case success
        case failed(Int)
        case cancelled
    }

    struct Stop: Error { let at: Int }
    private typealias State = PipelineState<Int, Int>

    private enum Worker {
        /// On its way to the gate, with what it saw of the source.
        case comes(State.Event, sawReady: Bool)
        case acts(State.Action)
        case sleeps
        case isGone
    }

    private let plan: Plan
    private var state: State
    private var workers: [Worker]
    private var consumerSleeps = false
    private var source = (read: 0, prepared: 0, isRead: false, isPrepared: false)
    private var isDelivering = false
    private var underWay: Set<Int> = []
    private var isCancelled = false

    private(set) var delivered: [Int] = []
    private(set) var outcome: Outcome?

    init(_ plan: Plan) {
        self.plan = plan
        state = State(workers: plan.workers, limits: plan.limits, isPulled: plan.isPulled)
        workers = Array(repeating: .comes(.started, sawReady: true), count: plan.workers)
        source.prepared = plan.ahead == nil ? plan.steps : 0
    }

    /// Distinguishes two of them.
    var description: String {
        "\(state) \(workers) \(consumerSleeps) \(source) \(isDelivering) \(isCancelled) \(delivered) \(outcome as Any)"
    }

    /// What can happen next; nothing when all workers are gone and the consumer has its end.
    var moves: [Move] {
        var moves = workers.indices.filter { isMovable(workers[$0]) }.map { Move.worker($0) }
        if plan.isPulled && outcome == nil && !consumerSleeps { moves.append(.consumer) }
        if plan.mayBeCancelled && !isCancelled && !moves.isEmpty { moves.append(.cancel) }
        return moves
    }

    mutating func make(_ move: Move) {
        switch move {
        case .worker(let number): self.move(number)
        case .consumer: pull()
        case .cancel: cancel()
        }
    }

    /// Makes moves by chance, until there is none.
    mutating func run(seed: UInt64) throws {
        var random = SeededRandom(seed: seed), count = 0
        while let move = moves.randomElement(using: &random) {
            // Among all moves, the one that ends it is rare.
            if case .cancel = move, UInt64.random(in: 0 ..< 60, using: &random) > 0 { continue }
            make(move)
            count += 1
            try #require(count < 100_000, "it never ends")
        }
        try requireEnd()
    }

    func requireEnd() throws {
        let left = workers.count { if case .isGone = $0 { false } else { true } }
        try #require(left == 0 && outcome != nil, "all sleep, and nobody wakes them: \(self)")
    }

    private func isMovable(_ worker: Worker) -> Bool {
        switch worker {
        case .sleeps, .isGone: false
        case .comes, .acts: true
        }
    }

    // MARK: Workers

    private mutating func move(_ number: Int) {
        switch workers[number] {
        case .comes(let event, let sawReady):
            let action = state.next(number, after: event, sourceIsReady: sawReady)
            switch action {
            case .sleep: workers[number] = .sleeps
            case .end: workers[number] = .isGone
            default: workers[number] = .acts(action)
            }
            begin(action)
            wake()
        case .acts(let action): workers[number] = .comes(outcome(of: action), sawReady: isReady)
        case .sleeps, .isGone: break
        }
    }

    private var isReady: Bool { source.read >= plan.steps || source.prepared > source.read }

    private mutating func begin(_ action: State.Action) {
        switch action {
        case .read:
            #expect(!source.isRead, "two workers read")
            source.isRead = true
        case .deliver:
            #expect(!isDelivering, "two workers deliver")
            #expect(!plan.isPulled)
            isDelivering = true
        default: break
        }
    }

    private mutating func outcome(of action: State.Action) -> State.Event {
        switch action {
        case .read:
            source.isRead = false
            return .read(read())
        case .work(let number): return .worked(number)
        case .deliver(let number):
            isDelivering = false
            underWay.remove(number)
            if number == plan.deliveryFailsAt { return .delivered(.failure(Stop(at: number))) }
            take(number)
            return .delivered(.success(()))
        case .idle:
            guard let ahead = plan.ahead, source.prepared < min(plan.steps, source.read + ahead) else {
                return .idled(false)
            }
            source.prepared += 1
            return .idled(true)
        case .watch: return .watched
        case .sleep, .end: return .woken
        }
    }

    private mutating func read() -> Result<State.Step?, any Error> {
        let number = source.read
        if number == plan.sourceFailsAt { return .failure(Stop(at: number)) }
        guard number < plan.steps else { return .success(nil) }
        source.read += 1
        source.prepared = max(source.prepared, source.read)
        underWay.insert(number)
        let work = underWay.count { $0 % 3 != 2 }
        #expect(work <= plan.limits.work && underWay.count <= plan.limits.steps + 1, "more than may be under way")
        return .success(number % 3 == 2 ? .ready(number) : .work(number))
    }

    private mutating func take(_ number: Int) {
        #expect(number == delivered.count, "out of order")
        delivered.append(number)
    }

    // MARK: The consumer

    private mutating func pull() {
        switch state.pull() {
        case .output(let number):
            underWay.remove(number)
            take(number)
        case .sleep: consumerSleeps = true
        case .end(let result): end(result)
        }
        wake()
    }

    private mutating func cancel() {
        isCancelled = true
        state.cancel()
        underWay = []
        wake()
    }

    private mutating func wake() {
        let wakes = state.popWakes()
        if wakes.consumer {
            consumerSleeps = false
            if !plan.isPulled, let result = state.outcome { end(result) }
        }
        for number in workers.indices where wakes.workers != .none {
            guard case .sleeps = workers[number] else { continue }
            workers[number] = .comes(.woken, sawReady: isReady)
            if wakes.workers == .one { break }
        }
    }

    private mutating func end(_ result: Result<Void, any Error>) {
        switch result {
        case .success: outcome = .success
        case .failure(let stop as Stop): outcome = .failed(stop.at)
        case .failure: outcome = .cancelled
        }
    }
}
