import BackupBytes

/// Memory for bytes: of a page, or of values that are decoded.
///
/// Unchecked because of its memory. The rule: one thread fills it, and from the moment another one may have it, it is
/// only read.
@safe final class Block: @unchecked Sendable {
    /// Whose memory it has; nil: its own.
    let pool: BlockPool?
    /// With the slack.
    private var piece: BlockPool.Piece
    /// Bytes that hold something.
    private(set) var count: Int
    /// Bytes past the end that may be read and written: values are loaded and stored by words.
    static let slack = 64

    /// Of so many bytes, which are to be written.
    init(_ count: Int = 0, of pool: BlockPool? = nil) {
        (self.count, self.pool) = (count, pool)
        piece = pool?.take(count + Self.slack) ?? BlockPool.allocate(count + Self.slack)
        clearSlack()
    }

    deinit { Self.giveBack(piece, pool) }

    private static func giveBack(_ piece: BlockPool.Piece, _ pool: BlockPool?) {
        if let pool { pool.giveBack(piece) } else { piece.free() }
    }

    private func clearSlack() { unsafe (base + count).initialize(repeating: 0, count: Self.slack) }

    /// Makes it hold so many bytes, which are to be written; what it held is gone.
    func begin(_ count: Int) {
        if count + Self.slack > piece.capacity || isInFile {
            Self.giveBack(piece, pool)
            piece = pool?.take(count + Self.slack) ?? BlockPool.allocate(count + Self.slack)
        }
        self.count = count
        clearSlack()
    }

    /// The same in a file of its own.
    func beginInFile(_ count: Int) throws(SystemFailure) {
        guard let pool else { return begin(count) }
        let made = try pool.takeFile(count + Self.slack)
        pool.giveBack(piece)
        (piece, self.count) = (made, count)
        clearSlack()
    }

    var base: UnsafeMutablePointer<UInt8> { unsafe piece.base }
    var room: UnsafeMutableRawBufferPointer { unsafe .init(start: base, count: count) }
    var bytes: UnsafeRawBufferPointer { unsafe .init(start: base, count: count) }

    /// It is in memory only where it was used since the last `evict`.
    var isInFile: Bool { piece.isInFile }
    var countInMemory: Int { isInFile ? 0 : count }
    var countInFile: Int { isInFile ? count : 0 }
    func evict() { piece.evict() }

    /// Its bytes from `start` up to `end`.
    func cursor(_ start: Int, _ end: Int) throws(ParquetError) -> Cursor {
        guard start >= 0, start <= end, end <= count else { throw .damaged("a part of a page lies outside of it") }
        return unsafe Cursor(base + start, base + end)
    }
}
