import BackupBytes

/// Work done by several threads whose results come out in the order in which it was given: the bounded middle of the pipeline.
final class OrderedWork<Input: Sendable, Output: Sendable>: @unchecked Sendable {
    private final class Ticket: @unchecked Sendable {
        let input: Input?
        var output: Output?

        init(input: Input?, output: Output?) {
            self.input = input
            self.output = output
        }
    }

    private let gate = Gate()
    private let hasTodo = Gate.Condition(), hasResult = Gate.Condition(), hasRoom = Gate.Condition()
    private let capacity: Int
    private var todo: [Ticket] = []
    private var inOrder: [Ticket] = []
    /// Of those in order, how many are or were work.
    private var underWay = 0
    private var isFinished = false
    private var isCancelled = false
    private var stages: [Stage] = []

    /// Results that were never work are small: this many may wait.
    private static var readyLimit: Int { 512 }

    /// `makeWorker` is called once on each thread: a worker owns its scratch memory.
    init(workers: Int, capacity: Int, makeWorker: @escaping @Sendable () -> (Input) -> Output) {
        self.capacity = capacity
        for number in 0 ..< workers {
            stages.append(Stage("sluice.emit.\(number)") { [unowned self] in
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

    /// Hands work in; waits while too much is under way. Throws `CancellationError` after `cancel`.
    func put(_ input: Input) throws {
        let ticket = Ticket(input: input, output: nil)
        try gate.locked {
            while underWay >= capacity && !isCancelled { gate.wait(for: hasRoom) }
            if isCancelled { throw CancellationError() }
            underWay += 1
            todo.append(ticket)
            inOrder.append(ticket)
            gate.signal(hasTodo)
        }
    }

    /// Hands in a result that needs no work, to be taken in its place.
    func put(ready output: Output) throws {
        let ticket = Ticket(input: nil, output: output)
        try gate.locked {
            while inOrder.count >= Self.readyLimit && !isCancelled { gate.wait(for: hasRoom) }
            if isCancelled { throw CancellationError() }
            inOrder.append(ticket)
            if inOrder.first === ticket { gate.signal(hasResult) }
        }
    }

    /// The next results in order, as many as there are; empty after the last.
    func take() throws -> [Output] {
        try gate.locked {
            while !isCancelled {
                let count = inOrder.prefix { $0.output != nil }.count
                if count > 0 {
                    let taken = inOrder.prefix(count)
                    inOrder.removeFirst(count)
                    underWay -= taken.count { $0.input != nil }
                    gate.signal(hasRoom)
                    return taken.compactMap(\.output)
                }
                if inOrder.isEmpty && isFinished { return [] }
                gate.wait(for: hasResult)
            }
            throw CancellationError()
        }
    }

    /// No more work will be handed in.
    func finish() {
        gate.locked {
            isFinished = true
            gate.broadcast(hasTodo)
            gate.broadcast(hasResult)
        }
    }

    /// Wakes everybody; what is under way is dropped.
    func cancel() {
        gate.locked {
            isCancelled = true
            gate.broadcast(hasTodo)
            gate.broadcast(hasResult)
            gate.broadcast(hasRoom)
        }
    }

    /// Waits for the threads. After `finish` or `cancel`.
    func join() { stages.forEach { $0.join() } }

    private func nextTodo() -> Ticket? {
        gate.locked {
            while todo.isEmpty && !isFinished && !isCancelled { gate.wait(for: hasTodo) }
            return isCancelled || todo.isEmpty ? nil : todo.removeFirst()
        }
    }
}
