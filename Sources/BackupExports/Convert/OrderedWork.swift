import BackupBytes
import Synchronization

/// Work that several threads take from one source and do, with the results delivered in the order in which it was
/// taken: the middle of the pipeline. Every thread does whatever is next, and what it has in its core's cache first:
///
///     look     one at a time takes work from the source, and does it itself; it is left to others only where they have nothing to do
///     prepare  whoever would have nothing to do makes ready what the source will give next (inflates it)
///     work     any number
///     deliver  one at a time: who has done the first in order delivers it, and what others have done behind it
///     settle   whoever would have nothing to do does what delivery has left behind (hashes it)
final class OrderedWork<Input: Sendable, Output: Sendable>: @unchecked Sendable {
    /// What the source gives: something to do, or a result that needs no work and keeps its place among the others.
    enum Step {
        case work(Input)
        case ready(Output)
    }

    private final class Ticket: @unchecked Sendable {
        let input: Input?
        var output: Output?

        init(input: Input?, output: Output?) {
            self.input = input
            self.output = output
        }
    }

    private let gate = Gate()
    private let hasTodo = Gate.Condition(), hasEnded = Gate.Condition()
    private let source: () throws -> Step?
    private let isAtHand: () -> Bool
    private let prepare: () -> Bool
    private let settle: () -> Bool
    private let deliver: (Output) throws -> Void
    private let capacity: Int
    private let workers: Int
    private let makeWorker: @Sendable () -> (Input) -> Output
    private var isAlone: Bool { workers == 1 }
    private var todo: [Ticket] = [] { didSet { noteWhetherSoon() } }
    private var inOrder: [Ticket] = []
    /// How many that are or were work have not been delivered.
    private var underWay = 0
    /// Threads that wait for something to do.
    private var idle = 0
    private var isLooking = false { didSet { noteWhetherSoon() } }
    /// There is no work, and somebody looks for it; to be seen without the gate.
    private let workComesSoon = Atomic<Bool>(false)
    private var isDelivering = false
    private var ending: Result<Void, any Error>?
    private var isCancelled = false
    private var stages: [Stage] = []

    /// To sleep and be waked takes longer than the rest of a slab's marking: about a tenth of a millisecond is waited
    /// awake.
    private static var looksBeforeSleep: Int { 200_000 }
    /// Results that were never work are small: this many may wait.
    private static var readyLimit: Int { 512 }

    /// `source` gives nil after the last step. `source` and `deliver` are called by one thread at a time each.
    /// `makeWorker` is called once on each thread: a worker owns its scratch memory. At most `capacity` pieces of work
    /// are between the two. `isAtHand`: whether `source` would not wait. `prepare` and `settle` do a piece, and say
    /// whether there was any. These three: any thread.
    init(
        workers: Int, capacity: Int, source: @escaping () throws -> Step?, isAtHand: @escaping () -> Bool = { true },
        prepare: @escaping () -> Bool = { false }, settle: @escaping () -> Bool = { false },
        makeWorker: @escaping @Sendable () -> (Input) -> Output, deliver: @escaping (Output) throws -> Void
    ) {
        self.source = source
        self.isAtHand = isAtHand
        self.prepare = prepare
        self.settle = settle
        self.deliver = deliver
        self.capacity = capacity
        self.workers = workers
        self.makeWorker = makeWorker
    }

    /// Starts the threads. Throws where the system does not give that many; `cancel` and `join` end those that it gave.
    func start() throws(SystemFailure) {
        for number in 0 ..< workers { stages.append(try Stage("sluice.work.\(number)") { [unowned self] in workOn() }) }
    }

    /// After `start`: waits until all is delivered. Throws what `deliver` has thrown, or the error that the source
    /// ended with, after what came before it; `CancellationError` after `cancel`.
    func wait() throws {
        try gate.locked {
            while !isOver && !isCancelled { gate.wait(for: hasEnded) }
            if isOver { try ending?.get() } else { throw CancellationError() }
        }
    }

    /// Wakes everybody; what is under way is dropped.
    func cancel() {
        gate.locked {
            isCancelled = true
            gate.broadcast(hasTodo)
            gate.broadcast(hasEnded)
        }
    }

    /// Waits for the threads. After `wait` or `cancel`.
    func join() { stages.forEach { $0.join() } }

    private var isOver: Bool { ending != nil && inOrder.isEmpty && !isDelivering }

    // MARK: The threads

    private func workOn() {
        let work = makeWorker()
        while let ticket = nextTodo(), let input = ticket.input {
            let output = work(input)
            gate.locked { ticket.output = output }
            deliverReady()
        }
    }

    private enum Turn {
        case work(Ticket)
        case look
        case nothing
        case end
    }

    private func nextTodo() -> Ticket? {
        while true {
            switch gate.locked({ nextTurn() }) {
            case .work(let ticket): return ticket
            case .look:
                let found = look()
                deliverReady()
                if let found { return found }
            case .nothing:
                if !prepareForOthers() && !settle() { waitForTurn() }
            case .end: return nil
            }
        }
    }

    /// For as long as there is room: what prepares has its state in this core's cache, and others look meanwhile.
    private func prepareForOthers() -> Bool {
        guard prepare() else { return false }
        repeat { gate.locked { if idle > 0 { gate.signal(hasTodo) } } } while !isAlone && prepare()
        return true
    }

    private func nextTurn() -> Turn {
        if isCancelled { return .end }
        if !todo.isEmpty { return .work(todo.removeFirst()) }
        if ending != nil { return .end }
        guard mayLook else { return .nothing }
        isLooking = true
        return .look
    }

    private var mayLook: Bool { !isLooking && hasRoom && isAtHand() }

    private func waitForTurn() {
        var looks = 0
        while workComesSoon.load(ordering: .relaxed) && looks < Self.looksBeforeSleep { looks += 1 }
        gate.locked {
            if isCancelled || !todo.isEmpty || ending != nil || mayLook { return }
            idle += 1
            gate.wait(for: hasTodo)
            idle -= 1
        }
    }

    private func noteWhetherSoon() { workComesSoon.store(isLooking && todo.isEmpty, ordering: .relaxed) }

    /// Others wait for work, and nothing waits to be delivered.
    private var mayLookOn: Bool { hasRoom && todo.count <= idle && inOrder.first?.output == nil && isAtHand() }

    private var hasRoom: Bool { underWay < capacity && inOrder.count < Self.readyLimit }

    /// Takes steps from the source for as long as others sleep for want of work. What came last is this thread's own:
    /// whoever is awake looks for the next meanwhile, so that all that was read and marked stays where it was.
    private func look() -> Ticket? {
        var found: Ticket?
        var looksOn = true
        while looksOn {
            let step = Swift.Result { try source() }
            gate.locked {
                put(step)
                looksOn = ending == nil && !isCancelled && mayLookOn
                if !looksOn { found = todo.popLast() }
                isLooking = looksOn
            }
        }
        return found
    }

    private func put(_ step: Swift.Result<Step?, any Error>) {
        if ending != nil { return }  // delivery has failed meanwhile
        switch step {
        case .success(.work(let input)):
            let ticket = Ticket(input: input, output: nil)
            underWay += 1
            todo.append(ticket)
            inOrder.append(ticket)
            if idle > 0 { gate.signal(hasTodo) }
        case .success(.ready(let output)): inOrder.append(Ticket(input: nil, output: output))
        case .success(nil): end(.success(()))
        case .failure(let error): end(.failure(error))
        }
    }

    private func end(_ ending: Swift.Result<Void, any Error>) {
        self.ending = ending
        gate.broadcast(hasTodo)
        gate.broadcast(hasEnded)
    }

    /// Delivers the first results in order, as many as there are, unless another thread is at it.
    private func deliverReady() {
        while let ready = gate.locked({ takeReady() }) {
            let outcome = Swift.Result { if let output = ready.output { try deliver(output) } }
            gate.locked {
                isDelivering = false
                if ready.input != nil { underWay -= 1 }
                if case .failure(let error) = outcome {
                    inOrder.removeAll()
                    todo.removeAll()
                    end(.failure(error))
                }
                if isOver { gate.signal(hasEnded) } else if idle > 0 && !isLooking { gate.signal(hasTodo) }
            }
        }
    }

    private func takeReady() -> Ticket? {
        if isDelivering || isCancelled || inOrder.first?.output == nil { return nil }
        isDelivering = true
        if idle > 0 { gate.signal(hasTodo) }
        return inOrder.removeFirst()
    }
}
