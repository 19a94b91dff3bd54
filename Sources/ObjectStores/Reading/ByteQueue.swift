import Dispatch
import Synchronization

/// A bounded hand-off of bytes from an async writer to a reader that blocks its thread.
package final class ByteQueue: Sendable {
    private enum End {
        case open
        case complete
        case failed(any Error)
    }

    private struct State {
        var pieces: [ObjectStream.Piece] = []
        /// How much of the first piece has been read.
        var taken = 0
        var bytes = 0
        var end = End.open
        var reader: DispatchSemaphore?
        var writer: CheckedContinuation<Void, Never>?
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: bytes that may lie in the queue before the writer has to wait.
    package init(limit: Int) {
        self.limit = limit
    }

    /// Appends a piece and waits while the queue is full; at most one piece lies above the limit.
    package func write(_ piece: sending ObjectStream.Piece) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let mayContinue = state.withLock { state in
                guard case .open = state.end else { return true }
                state.pieces.append(piece)
                state.bytes += piece.range.count
                state.reader.take()?.signal()
                if state.bytes < limit { return true }
                state.writer = continuation
                return false
            }
            if mayContinue { continuation.resume() }
        }
    }

    /// Ends the queue; with an error it ends at once, otherwise after what lies in it. The first end counts.
    package func finish(throwing error: (any Error)? = nil) {
        let writer = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard case .open = state.end else { return nil }
            state.end = error.map { .failed($0) } ?? .complete
            if error != nil { state.pieces = [] }
            state.reader.take()?.signal()
            return state.writer.take()
        }
        writer?.resume()
    }

    /// Blocks until there is a byte, or the end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if buffer.isEmpty { return 0 }
        while true {
            let signal = DispatchSemaphore(value: 0)
            let (count, writer) = try state.withLock { state -> (Int?, CheckedContinuation<Void, Never>?) in
                if case .failed(let error) = state.end { throw error }
                if state.pieces.isEmpty {
                    if case .complete = state.end { return (0, nil) }
                    state.reader = signal
                    return (nil, nil)
                }
                let count = Self.copy(&state, into: buffer)
                return (count, state.bytes < limit ? state.writer.take() : nil)
            }
            writer?.resume()
            if let count { return count }
            signal.wait()
        }
    }

    private static func copy(_ state: inout State, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var (filled, finished) = (0, 0)
        for piece in state.pieces {
            let count = piece.withBytes { bytes in
                let rest = bytes[state.taken...].prefix(buffer.count - filled)
                UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: rest))
                return rest.count
            }
            filled += count
            state.taken += count
            if state.taken < piece.range.count { break }
            state.taken = 0
            finished += 1
        }
        state.pieces.removeFirst(finished)
        state.bytes -= filled
        return filled
    }
}
