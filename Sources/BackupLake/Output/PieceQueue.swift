import BackupBytes

/// The way of what is written: gathered into pieces, which are written and hashed (SHA-256) at the same time.
///
///     lines → piece → disk    a thread that only waits for the disk; or at once, through the page cache
///                   ↘ hash    whoever has nothing else to do, one at a time, in their order
///
/// Memory is that of a few pieces: who writes more than these waits for the disk, and hashes meanwhile.
final class PieceQueue: @unchecked Sendable {
    private static let limit = 4

    private let gate = Gate()
    private var free: [Piece] = []
    private var made = 0
    private var toWrite: [Piece] = []
    private var toHash: [Piece] = []
    private var isHashing = false
    /// Pieces that have one of the two before them; who ends first takes it out.
    private var halfDone: Set<ObjectIdentifier> = []
    private var writer: Stage?
    private var isOver = false

    /// An empty piece, to be filled from this offset of the file on.
    func piece(of file: PartFile, _ hash: FileHash, at offset: Int) -> Piece {
        while true {
            let found = gate.locked { () -> Piece? in
                if let piece = free.popLast() { return piece }
                if made == Self.limit { return nil }
                made += 1
                return Piece()
            }
            if let found {
                found.begin(file, hash, at: offset)
                return found
            }
            if !hashOn() { gate.locked { while free.isEmpty && (isHashing || toHash.isEmpty) { gate.wait() } } }
        }
    }

    /// Takes a piece that has been filled, for writing and for the hash.
    /// - Throws: what went wrong with this file before, too.
    func add(_ piece: Piece) throws(SystemFailure) {
        guard let file = piece.file else { return }
        if let failure = gate.locked({ file.failure }) {
            drop(piece)
            throw failure
        }
        if file.isForDisk(piece) {
            try startWriter(or: piece)
            gate.locked {
                file.unwritten += 1
                toWrite.append(piece)
                halfDone.insert(ObjectIdentifier(piece))
                toHash.append(piece)
                gate.wakeAll()
            }
        } else {
            do { try file.write(piece) } catch {
                drop(piece)
                throw error
            }
            gate.locked { toHash.append(piece) }
        }
    }

    /// Starts the thread that waits for the disk. Where the system gives none, the piece is given back unwritten.
    private func startWriter(or piece: Piece) throws(SystemFailure) {
        if writer != nil { return }
        do { writer = try Stage("sluice.disk") { [unowned self] in writeOn() } } catch {
            drop(piece)
            throw error
        }
    }

    /// Gives a piece back unwritten.
    func drop(_ piece: Piece) { gate.locked { release(piece) } }

    /// Waits until all of this file has been written.
    func settle(_ file: PartFile) throws(SystemFailure) {
        let failure = gate.locked {
            while file.unwritten > 0 { gate.wait() }
            return file.failure
        }
        if let failure { throw failure }
    }

    /// Hashes what is next, unless another thread is at it. Any thread.
    /// - Returns: whether there was anything to do.
    func hashOn() -> Bool {
        let next = gate.locked { () -> Piece? in
            if isHashing || toHash.isEmpty { return nil }
            isHashing = true
            return toHash.removeFirst()
        }
        guard let next else { return false }
        next.hash?.update(next)
        gate.locked {
            isHashing = false
            oneIsDone(next)
        }
        return true
    }

    /// The hash of all that was added to it, as hexadecimal digits.
    func digest(of hash: FileHash) -> String {
        while gate.locked({ !toHash.isEmpty || isHashing }) {
            if !hashOn() { gate.locked { while isHashing { gate.wait() } } }
        }
        return hash.digits
    }

    /// Ends the thread.
    func end() {
        gate.locked {
            isOver = true
            gate.wakeAll()
        }
        writer?.join()
        writer = nil
    }

    // MARK: The thread that waits for the disk

    private func writeOn() {
        while let piece = gate.locked({ nextToWrite() }) {
            guard let file = piece.file else { continue }
            var failure: SystemFailure?
            if gate.locked({ file.failure }) == nil { do { try file.writePastCache(piece) } catch { failure = error } }
            gate.locked {
                file.failure = file.failure ?? failure
                file.unwritten -= 1
                oneIsDone(piece)
            }
        }
    }

    private func nextToWrite() -> Piece? {
        while toWrite.isEmpty && !isOver { gate.wait() }
        return toWrite.isEmpty ? nil : toWrite.removeFirst()
    }

    // MARK: Behind the gate

    private func oneIsDone(_ piece: Piece) {
        if halfDone.remove(ObjectIdentifier(piece)) == nil { release(piece) }
        gate.wakeAll()
    }

    private func release(_ piece: Piece) {
        piece.begin(nil, nil, at: 0)
        free.append(piece)
    }
}
