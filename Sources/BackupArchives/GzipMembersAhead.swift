import BackupBytes

/// Chunks of a compressed stream whose members any threads inflate ahead of the one that reads them. None works
/// unless it has nothing else to do.
///
///     chunks   [ done: 1.2 MiB ][ running ][ running ][ idle ] … at most `depth`
///                 ↑ the reader copies              ↑ the next thread that is idle
package final class GzipMembersAhead: Sendable {
    /// Chunks that are in memory: 2 MiB, and what they have become, at most 32 MiB.
    static let depth = 8
    /// Most members are far shorter.
    package static let usualChunkLength = 256 * 1024

    let chunkLength: Int
    let pool = SlabPool(limit: 64)
    private let gate = Gate(State())

    private struct State {
        var slots: [Slot] = []
        /// Somebody has had nothing to do.
        var isWanted = false
        /// No chunk follows the last.
        var isWhole = false

        /// A chunk of which nobody has tried to inflate what is in it.
        mutating func start(_ index: Int) -> Work? {
            guard case .idle = slots[index].state, index + 1 < slots.count || isWhole else { return nil }
            slots[index].state = .running
            return Work(chunk: slots[index].chunk, next: index + 1 < slots.count ? slots[index + 1].chunk : nil)
        }
    }

    private struct Slot {
        let chunk: GzipChunk
        var state = SlotState.idle
    }

    private enum SlotState {
        case idle
        case running
        case done(GzipMemberRun?)
    }

    private struct Work {
        let chunk: GzipChunk, next: GzipChunk?
    }

    init(chunkLength: Int) { self.chunkLength = chunkLength }

    /// Whether a thread has had nothing to do since this was asked last.
    func popWanted() -> Bool {
        gate.withLock { state in
            defer { state.isWanted = false }
            return state.isWanted
        }
    }

    // MARK: Any thread

    /// Inflates the members of a chunk.
    /// - Returns: whether there was one.
    package func doSome() -> Bool {
        let work = gate.withLock { state -> Work? in
            for index in state.slots.indices {
                if let work = state.start(index) { return work }
            }
            state.isWanted = true
            return nil
        }
        guard let work else { return false }
        let run = GzipMemberRun(firstIn: work.chunk, work.next, pool)
        gate.withLock { state in
            guard let index = state.slots.firstIndex(where: { $0.chunk.start == work.chunk.start }) else { return }
            state.slots[index].state = .done(run)
        }
        gate.broadcast()
        return true
    }

    // MARK: The reader

    var count: Int { gate.withLock { $0.slots.count } }
    var end: Int? { gate.withLock { $0.slots.last?.chunk.end } }

    /// Adds a chunk that follows the others. `isLast`: none follows it.
    func add(_ chunk: GzipChunk?, isLast: Bool) {
        gate.withLock { state in
            if let chunk { state.slots.append(Slot(chunk: chunk)) }
            state.isWhole = isLast
        }
    }

    /// The members from an offset on, inflated by whichever thread; nil where none can be had, or the chunks end.
    func run(at offset: Int) -> (run: GzipMemberRun, isOwn: Bool)? {
        var own: Work?
        let found = gate.wait { state -> GzipMemberRun?? in
            while let first = state.slots.first, first.chunk.end <= offset { state.slots.removeFirst() }
            guard let first = state.slots.first else { return .some(nil) }
            if case .running = first.state { return nil }
            if case .done(let run) = first.state, let run, run.start == offset {
                state.slots[0].state = .done(nil)
                return run
            }
            own = Work(chunk: first.chunk, next: state.slots.count > 1 ? state.slots[1].chunk : nil)
            state.slots[0].state = .running
            return .some(nil)
        }
        if let found { return (found, false) }
        guard let own else { return nil }
        let run = GzipMemberRun(exactlyAt: offset, in: own.chunk, own.next, pool)
        gate.withLock { if !$0.slots.isEmpty { $0.slots[0].state = .done(nil) } }
        return run.map { ($0, true) }
    }

    /// The bytes from an offset on, which are not inflated here any more.
    func leave(at offset: Int) -> [UInt8] {
        gate.withLock { state in
            var rest: [UInt8] = []
            for slot in state.slots where slot.chunk.end > offset {
                rest += slot.chunk.bytes.dropFirst(max(0, offset - slot.chunk.start))
            }
            state.slots = []
            return rest
        }
    }
}
