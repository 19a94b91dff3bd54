import BackupBytes

/// Work done by several threads whose results come out in the order in which it was given: the bounded middle of the pipeline.
final class OrderedWork<Input: Sendable, Output: Sendable>: @unchecked Sendable {
    private final class Ticket: @unchecked Sendable {
        let input: Input
        var output: Output?
        init(_ input: Input) { self.input = input }
    }

    private let gate = Gate()
    private let capacity: Int
    private var todo: [Ticket] = []
    private var inOrder: [Ticket] = []
    private var isFinished = false
    private var isCancelled = false
    private var stages: [Stage] = []

    /// `makeWorker` is called once on each thread: a worker owns its scratch memory.
    init(workers: Int, capacity: Int, makeWorker: @escaping @Sendable () -> (Input) -> Output) {
        self.capacity = capacity
        for number in 0 ..< workers {
            stages.append(Stage("sluice.emit.\(number)") { [unowned self] in
                let work = makeWorker()
                while let ticket = nextTodo() {
                    let output = work(ticket.input)
                    gate.locked {
                        ticket.output = output
                        gate.wakeAll()
                    }
                }
            })
        }
    }

    /// Hands work in; waits while too much is under way. Throws `CancellationError` after `cancel`.
    func put(_ input: Input) throws {
        try gate.locked {
            while inOrder.count >= capacity && !isCancelled { gate.wait() }
            if isCancelled { throw CancellationError() }
            let ticket = Ticket(input)
            todo.append(ticket)
            inOrder.append(ticket)
            gate.wakeAll()
        }
    }

    /// The next result in order; nil after the last.
    func take() throws -> Output? {
        try gate.locked {
            while !isCancelled {
                if let first = inOrder.first, let output = first.output {
                    inOrder.removeFirst()
                    gate.wakeAll()
                    return output
                }
                if inOrder.isEmpty && isFinished { return nil }
                gate.wait()
            }
            throw CancellationError()
        }
    }

    /// No more work will be handed in.
    func finish() {
        gate.locked {
            isFinished = true
            gate.wakeAll()
        }
    }

    /// Wakes everybody; what is under way is dropped.
    func cancel() {
        gate.locked {
            isCancelled = true
            gate.wakeAll()
        }
    }

    /// Waits for the threads. After `finish` or `cancel`.
    func join() { stages.forEach { $0.join() } }

    private func nextTodo() -> Ticket? {
        gate.locked {
            while todo.isEmpty && !isFinished && !isCancelled { gate.wait() }
            return isCancelled || todo.isEmpty ? nil : todo.removeFirst()
        }
    }
}
