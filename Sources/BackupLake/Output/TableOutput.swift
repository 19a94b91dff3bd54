import BackupBytes
import BackupRows
import Crypto
import Foundation

/// The part files of one table, while they are being written.
final class TableOutput {
    private let store: any LakeStore
    private let form: OutputForm
    private let pieces: PieceQueue
    private let journal: PartJournal?
    private var file: PartFile?
    private var hash: FileHash?
    /// The last bytes of the open part, which have not been written.
    private var gathered: Piece?
    private(set) var parts: TableParts

    init(store: any LakeStore, parts: TableParts, form: OutputForm, pieces: PieceQueue, journal: PartJournal?) {
        self.journal = journal
        self.pieces = pieces
        self.store = store
        self.parts = parts
        self.form = form
    }

    deinit { if let gathered { pieces.drop(gathered) } }

    var partBytes: Int { parts.open?.bytes ?? 0 }

    func write(_ lines: UnsafeRawBufferPointer, rows: Int) throws {
        if parts.open == nil { try beginPart() }
        var rest = lines[...]
        while !rest.isEmpty {
            let piece = try gathered ?? nextPiece()
            gathered = piece
            let count = piece.append(rest)
            parts.open?.bytes += count
            rest = rest.dropFirst(count)
            if piece.isFull { try flush() }
        }
        parts.open?.rows += rows
        parts.open?.sha256 = ""
    }

    private func nextPiece() throws -> Piece {
        let file = try self.file ?? PartFile(partBytes > 0 ? store.open(currentPath) : store.create(currentPath))
        self.file = file
        let hash = try self.hash ?? hashOfWritten()
        self.hash = hash
        return pieces.piece(of: file, hash, at: partBytes)
    }

    /// Hands on what was gathered. Only one table at a time gathers.
    func flush() throws {
        guard let piece = gathered else { return }
        gathered = nil
        do { try pieces.add(piece) } catch { throw LakeError.output(error.operation, error.path, error.code) }
    }

    /// Waits until all has been written, and closes the file for now; a later write opens it again.
    func suspend() throws {
        try drain()
        file = nil
    }

    /// Waits until all has been written.
    func drain() throws {
        try flush()
        guard let file else { return }
        do { try pieces.drain(file) } catch { throw LakeError.output(error.operation, error.path, error.code) }
    }

    /// Suspends it; its parts, from which another can be made that continues them.
    func suspendedParts() throws -> TableParts {
        try suspend()
        if let hash { parts.open?.sha256 = pieces.digest(of: hash) }
        return parts
    }

    func endPart(makingAtLeastOne: Bool = false) throws {
        if parts.open == nil && makingAtLeastOne && parts.whole.isEmpty {
            try form.emptiness.withUnsafeBytes { try write($0, rows: 0) }
        }
        try suspend()
        guard var part = parts.open else { return }
        if hash != nil || part.sha256.isEmpty { part.sha256 = pieces.digest(of: try hash ?? hashOfWritten()) }
        parts.whole.append(part)
        parts.open = nil
        hash = nil
    }

    func giveFinalNames() throws {
        while parts.named < parts.whole.count {
            try store.publish(parts.whole[parts.named].path)
            parts.named += 1
        }
    }

    /// Removes what has been written.
    func removeFiles() throws {
        try suspend()
        try OutputCleaner.removeParts((parts.whole + [parts.open].compactMap { $0 }).map(\.path), in: store)
        (hash, parts.open) = (nil, nil)
        parts.whole = []
    }

    /// After a failure: what was gathered is let go, and what has its final name already loses it again.
    func abandon(keepsNames: Bool) {
        if let gathered { pieces.drop(gathered) }
        (gathered, file) = (nil, nil)
        if keepsNames { return }
        while parts.named > 0 {
            parts.named -= 1
            try? store.withdraw(parts.whole[parts.named].path)
        }
    }

    private func beginPart() throws {
        let digits = String(parts.whole.count),
            number = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        let name = "\(parts.kind.partName)-\(number).ndjson\(form.suffix)"
        parts.open = .init(path: "\(parts.path)/\(name)", rows: 0, bytes: 0, sha256: "")
        hash = FileHash()
        try journal?.add(parts.open?.path ?? "")
        file = try PartFile(store.create(currentPath))
    }

    /// Of the open part.
    private var currentPath: String { parts.open?.path ?? parts.path }

    /// The hash of what the open part holds, where that was begun by another.
    private func hashOfWritten() throws -> FileHash {
        var hash = SHA256()
        try LakeError.wrapping {
            let source = try store.read(currentPath, .draft), slab = Slab()
            var left = partBytes
            while left > 0 {
                slab.reset()
                let count = try source.read(into: .init(rebasing: slab.room.prefix(left)))
                guard count > 0 else {
                    throw LakeError(
                        .outputFailed, why: "\(store.location(of: currentPath)) is shorter than what was written to it")
                }
                hash.update(bufferPointer: .init(start: slab.base, count: count))
                left -= count
            }
        }
        return FileHash(hash)
    }
}
