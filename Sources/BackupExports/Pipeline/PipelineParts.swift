import BackupBytes

/// What a pipeline is put together from. A source and a consumer that belong to no thread are in an `Exclusive`.
struct PipelineParts<Input: Sendable, Output: Sendable>: Sendable {
    var source: any PipelineSource<Input, Output> & Sendable
    var workers: any PipelineWorkers<Input, Output>
    /// nil: the results are pulled (`Pipeline.next`).
    var consumer: (any PipelineConsumer<Output> & Sendable)?
    /// What threads do that have nothing else to do, the first before the others.
    var idle: [any IdleWork] = []
}

/// Gives work, in order. One thread at a time.
protocol PipelineSource<Input, Output> {
    associatedtype Input: Sendable
    associatedtype Output: Sendable

    /// The next step; nil after the last.
    func next() throws -> PipelineState<Input, Output>.Step?

    var control: any PipelineSourceControl { get }
}

/// What any thread may ask of a source while another one reads it.
protocol PipelineSourceControl: Sendable {
    /// Whether the source would give a step without waiting.
    var isReady: Bool { get }

    /// Ends a read that waits, and every later one.
    func cancel()
}

/// Makes the workers.
protocol PipelineWorkers<Input, Output>: Sendable {
    associatedtype Input: Sendable
    associatedtype Output: Sendable

    /// One for each thread, made on that thread: it owns its scratch memory.
    func makeWorker() -> any PipelineWorker<Input, Output>
}

/// Does a piece of work. What goes wrong with it is part of the result.
protocol PipelineWorker<Input, Output> {
    associatedtype Input: Sendable
    associatedtype Output: Sendable

    func work(_ input: Input) -> Output
}

/// Takes the results, in the order of the source. One thread at a time.
protocol PipelineConsumer<Delivered> {
    associatedtype Delivered: Sendable

    func deliver(_ output: Delivered) throws
}

extension Exclusive: PipelineSource where Value: PipelineSource {
    typealias Input = Value.Input
    typealias Output = Value.Output

    func next() throws -> PipelineState<Value.Input, Value.Output>.Step? { try use { try $0.next() } }
    var control: any PipelineSourceControl { use { $0.control } }
}

extension Exclusive: PipelineConsumer where Value: PipelineConsumer {
    typealias Delivered = Value.Delivered

    func deliver(_ output: Value.Delivered) throws { try use { try $0.deliver(output) } }
}
