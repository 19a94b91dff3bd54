import Synchronization

/// Memory of blocks that waits for its next use, whichever thread that is on: one thread reads pages, others let go of
/// them, and memory that each of them kept for itself would add up.
@safe enum BlockMemory {
    /// Pieces by their size class.
    private struct Idle: ~Copyable {
        var pieces: [[UnsafeMutablePointer<UInt8>]] = unsafe Array(repeating: [], count: 8 * 40)
        var byteCount = 0
    }
    private static let idle = Mutex(Idle())

    /// Bytes that wait at the most.
    private static let limit = 4 << 20
    /// Smaller pieces are left to malloc.
    private static let smallest = 2048

    /// So many bytes or a few more; what they hold is not known.
    static func take(_ wanted: Int) -> (UnsafeMutablePointer<UInt8>, capacity: Int) {
        guard wanted >= smallest else { return unsafe (.allocate(capacity: wanted), wanted) }
        let (number, capacity) = sizeClass(wanted)
        let known = unsafe idle.withLock { idle -> Int? in
            guard let piece = unsafe idle.pieces[number].popLast() else { return nil }
            idle.byteCount -= capacity
            return unsafe Int(bitPattern: piece)
        }
        if let known, let piece = unsafe UnsafeMutablePointer<UInt8>(bitPattern: known) {
            return unsafe (piece, capacity)
        }
        return unsafe (.allocate(capacity: capacity), capacity)
    }

    static func giveBack(_ piece: UnsafeMutablePointer<UInt8>, _ capacity: Int) {
        let address = unsafe Int(bitPattern: piece)
        let isKept =
            capacity >= smallest && capacity <= limit
            && idle.withLock { idle in
                guard idle.byteCount + capacity <= limit,
                    let piece = unsafe UnsafeMutablePointer<UInt8>(bitPattern: address)
                else { return false }
                unsafe idle.pieces[sizeClass(capacity).number].append(piece)
                idle.byteCount += capacity
                return true
            }
        if !isKept { unsafe piece.deallocate() }
    }

    /// Eight classes to each power of two: at most an eighth of a piece is not used.
    private static func sizeClass(_ wanted: Int) -> (number: Int, capacity: Int) {
        let step = (Int.bitWidth - 1 - (wanted - 1).leadingZeroBitCount) - 3
        let eighths = ((wanted - 1) >> step) + 1
        return (step * 8 + eighths - 8, eighths << step)
    }
}
