import BackupBytes

/// Work that several threads take from one source and do, with the results in the order in which it was taken: the middle of the pipeline.
///
///     source  →  one thread at a time looks for work, and does it itself while it is warm in that core's cache
///             →  work is left to another thread only where one has nothing to do
///             →  `take`, in order
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
    private let hasTodo = Gate.Condition(), hasResult = Gate.Condition()
    private let source: () throws -> Step?
    private let capacity: Int
    private var todo: [Ticket] = []
    private var inOrder: [Ticket] = []
    /// Of those in order, how many are or were work.
    private var underWay = 0
    /// Threads that wait for something to do.
    private var idle = 0
    private var isLooking = false
    private var ending: Result<Void, any Error>?
    private var isCancelled = false
    private var stages: [Stage] = []

    /// Results that were never work are small: this many may wait.
    private static var readyLimit: Int { 512 }

    /// `source` gives nil after the last step; it is asked by one thread at a time. `makeWorker` is called once on each thread:
    /// a worker owns its scratch memory. At most `capacity` pieces of work are between the source and `take`.
    init(workers: Int, capacity: Int, source: @escaping () throws -> Step?, makeWorker: @escaping @Sendable () -> (Input) -> Output) {
        self.source = source
        self.capacity = capacity
        for number in 0 ..< workers {
            stages.append(Stage("sluice.work.\(number)") { [unowned self] in
                let work = makeWorker()
                while let ticket = nextTodo(), let input = ticket.input {
                    let output = work(input)
                    gate.locked {
                        ticket.output = output
                        if inOrder.first === ticket { gate.signal(hasResult) }
                    }
                }
            })
        }
    }

    /// The next results in order, as many as there are; empty after the last. Throws the error that the source ended with, after
    /// what came before it, and `CancellationError` after `cancel`.
    func take() throws -> [Output] {
        try gate.locked {
            while !isCancelled {
                let count = inOrder.prefix { $0.output != nil }.count
                if count > 0 {
                    let taken = inOrder.prefix(count)
                    inOrder.removeFirst(count)
                    underWay -= taken.count { $0.input != nil }
                    if !isLooking { gate.signal(hasTodo) }
                    return taken.compactMap(\.output)
                }
                if inOrder.isEmpty, let ending {
                    try ending.get()
                    return []
                }
                gate.wait(for: hasResult)
            }
            throw CancellationError()
        }
    }

    /// Wakes everybody; what is under way is dropped.
    func cancel() {
        gate.locked {
            isCancelled = true
            gate.broadcast(hasTodo)
            gate.broadcast(hasResult)
        }
    }

    /// Waits for the threads. After the last result or `cancel`.
    func join() { stages.forEach { $0.join() } }

    // MARK: The threads

    private enum Turn {
        case work(Ticket)
        case look
        case end
    }

    private func nextTodo() -> Ticket? {
        while true {
            switch gate.locked({ nextTurn() }) {
            case .work(let ticket): return ticket
            case .look: look()
            case .end: return nil
            }
        }
    }

    private func nextTurn() -> Turn {
        while !isCancelled {
            if !todo.isEmpty { return .work(todo.removeFirst()) }
            if ending != nil { return .end }
            if !isLooking && hasRoom {
                isLooking = true
                return .look
            }
            idle += 1
            gate.wait(for: hasTodo)
            idle -= 1
        }
        return .end
    }

    private var hasRoom: Bool { underWay < capacity && inOrder.count < Self.readyLimit }

    /// Takes steps from the source for as long as others wait for work.
    private func look() {
        while true {
            let step = Swift.Result { try source() }
            let goesOn = gate.locked {
                put(step)
                isLooking = ending == nil && !isCancelled && hasRoom && todo.count <= idle
                return isLooking
            }
            if !goesOn { return }
        }
    }

    private func put(_ step: Swift.Result<Step?, any Error>) {
        switch step {
        case .success(.work(let input)):
            let ticket = Ticket(input: input, output: nil)
            underWay += 1
            todo.append(ticket)
            inOrder.append(ticket)
            if idle > 0 { gate.signal(hasTodo) }
        case .success(.ready(let output)):
            inOrder.append(Ticket(input: nil, output: output))
            if inOrder.count == 1 { gate.signal(hasResult) }
        case .success(nil): end(.success(()))
        case .failure(let error): end(.failure(error))
        }
    }

    private func end(_ ending: Swift.Result<Void, any Error>) {
        self.ending = ending
        gate.broadcast(hasTodo)
        gate.broadcast(hasResult)
    }
}
