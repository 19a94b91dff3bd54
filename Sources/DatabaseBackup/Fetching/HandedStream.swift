import Synchronization

/// Hands a stream, which only one task may read, to that task.
final class HandedStream: Sendable {
    private let stream: Mutex<ObjectStream?>

    init(_ stream: sending ObjectStream?) {
        self.stream = Mutex(stream)
    }

    func take() -> sending ObjectStream? {
        stream.withLock { $0.take() }
    }
}
