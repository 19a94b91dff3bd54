import BackupBytes
import Synchronization

/// The way of what is written: gathered into pieces, which are written and hashed (SHA-256) at the same time.
///
///     lines → piece → disk    a thread that only waits for the disk; or at once, through the page cache
///                   ↘ hash    idle threads, one at a time, in their order
///
/// Memory is that of a few pieces: who writes more than these waits for the disk, and hashes meanwhile.
final class PieceQueue: IdleWork {
    private static let limit = 4

    private let gate = Gate(State())
    /// Of those who add and end, who are one thread at a time.
    private let writer = Mutex<Stage?>(nil)

    private struct State {
        var free: [Piece] = []
        var made = 0
        var toWrite: [Piece] = []
        var toHash: [Piece] = []
        var isHashing = false
        /// Pieces that have one of the two before them; who ends first takes it out.
        var halfDone: Set<ObjectIdentifier> = []
        var isOver = false

        mutating func oneIsDone(_ piece: Piece) {
            if halfDone.remove(ObjectIdentifier(piece)) == nil { release(piece) }
        }

        mutating func release(_ piece: Piece) {
            piece.begin(nil, nil, at: 0)
            free.append(piece)
        }
    }

    /// An empty piece, to be filled from this offset of the file on.
    func piece(of file: PartFile, _ hash: FileHash, at offset: Int) -> Piece {
        while true {
            let found = gate.withLock { state -> Piece? in
                if let piece = state.free.popLast() { return piece }
                if state.made == Self.limit { return nil }
                state.made += 1
                return Piece()
            }
            if let found {
                found.begin(file, hash, at: offset)
                return found
            }
            if !doSome() {
                gate.wait { $0.free.isEmpty && ($0.isHashing || $0.toHash.isEmpty) ? nil : () }
            }
        }
    }

    /// Takes a piece that has been filled, for writing and for the hash.
    /// - Throws: what went wrong with this file before, too.
    func add(_ piece: Piece) throws(SystemFailure) {
        guard let file = piece.file else { return }
        if let failure = file.failure {
            drop(piece)
            throw failure
        }
        if file.isForDisk(piece) {
            try startWriter(or: piece)
            gate.withLock { state in
                file.noteQueued()
                state.toWrite.append(piece)
                state.halfDone.insert(ObjectIdentifier(piece))
                state.toHash.append(piece)
            }
            gate.broadcast()
        } else {
            do { try file.write(piece) } catch {
                drop(piece)
                throw error
            }
            gate.withLock { $0.toHash.append(piece) }
        }
    }

    /// Starts the thread that waits for the disk. Where the system gives none, the piece is given back unwritten.
    private func startWriter(or piece: Piece) throws(SystemFailure) {
        do throws(SystemFailure) {
            try writer.withLock { writer throws(SystemFailure) in
                if writer == nil { writer = try Stage("sluice.disk") { [unowned self] in writeOn() } }
            }
        } catch {
            drop(piece)
            throw error
        }
    }

    /// Gives a piece back unwritten.
    func drop(_ piece: Piece) { gate.withLock { $0.release(piece) } }

    /// Waits until all of this file has been written.
    func drain(_ file: PartFile) throws(SystemFailure) {
        gate.wait { _ in file.unwritten > 0 ? nil : () }
        if let failure = file.failure { throw failure }
    }

    /// Hashes what is next, unless another thread is at it.
    func doSome() -> Bool {
        let next = gate.withLock { state -> Piece? in
            if state.isHashing || state.toHash.isEmpty { return nil }
            state.isHashing = true
            return state.toHash.removeFirst()
        }
        guard let next else { return false }
        next.hash?.update(next)
        gate.withLock { state in
            state.isHashing = false
            state.oneIsDone(next)
        }
        gate.broadcast()
        return true
    }

    /// The hash of all that was added to it, as hexadecimal digits.
    func digest(of hash: FileHash) -> String {
        while gate.withLock({ !$0.toHash.isEmpty || $0.isHashing }) {
            if !doSome() { gate.wait { $0.isHashing ? nil : () } }
        }
        return hash.digits
    }

    /// Ends the thread.
    func end() {
        gate.withLock { $0.isOver = true }
        gate.broadcast()
        writer.withLock(\.self)?.join()
    }

    // MARK: The thread that waits for the disk

    private func writeOn() {
        while let piece = nextToWrite() {
            guard let file = piece.file else { continue }
            var failure: SystemFailure?
            if file.failure == nil {
                do { try file.writePastCache(piece) } catch { failure = error }
            }
            gate.withLock { state in
                file.noteWritten(failure)
                state.oneIsDone(piece)
            }
            gate.broadcast()
        }
    }

    /// nil at the end.
    private func nextToWrite() -> Piece? {
        gate.wait { state -> Piece?? in
            if !state.toWrite.isEmpty { return .some(state.toWrite.removeFirst()) }
            return state.isOver ? .some(nil) : nil
        }
    }
}
