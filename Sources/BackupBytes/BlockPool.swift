import Foundation
import Synchronization

/// Memory of blocks that waits for its next use, whichever thread that is on: one thread reads, others let go of what
/// it has read, and memory that each of them kept for itself would add up.
///
/// What is too large to be in memory, or too much, is a file without a name that is mapped. Its bytes are used like
/// others; what is evicted is in no process's memory until it is used again.
package final class BlockPool: Sendable {
    /// A piece of memory.
    ///
    /// Unchecked because of its memory. The rule: it has one owner at a time, a block or the pool.
    @safe package struct Piece: @unchecked Sendable {
        package let base: UnsafeMutablePointer<UInt8>
        package let capacity: Int
        package let isInFile: Bool
        fileprivate let isMapped: Bool

        /// What it holds is no longer in memory until it is used; nothing where it is no file.
        package func evict() { if isInFile { unsafe madvise(base, capacity, Int32(MADV_DONTNEED)) } }

        package func free() {
            guard isMapped else { return unsafe base.deallocate() }
            #if os(Linux)
                // Its room on disk is free at once, and not only when all of the file is.
                if isInFile { unsafe madvise(base, capacity, Int32(MADV_REMOVE)) }
            #endif
            unsafe munmap(base, capacity)
        }
    }

    private struct Idle {
        /// By their size class.
        var pieces: [[Piece]] = Array(repeating: [], count: 8 * 40)
        var byteCount = 0
    }
    private let idle = Mutex(Idle())

    /// The file that pieces are taken from, and how much of it they have; it is there for as long as one of them is.
    private struct File {
        var descriptor: Int32?
        var count = 0
    }
    private let file = Mutex(File())
    /// Where its files are.
    private let folder: String?

    /// Bytes that wait at the most, and those of pieces that are mapped.
    private static let limit = 24 << 20, mappedLimit = 4 << 20
    /// Smaller pieces are left to malloc.
    private static let smallest = 256
    /// Larger ones are mapped: malloc keeps what is let go, for each thread.
    private static let mapped = 128 << 10
    /// Larger ones lie in files.
    package static let mostInMemory = 8 << 20
    /// A file has no more, unless one piece has.
    private static let fileSize = 256 << 20

    /// `folder`: of its files; nil: all is in memory.
    package init(folder: String? = nil) { self.folder = folder }

    deinit {
        idle.withLock { idle in for piece in idle.pieces.joined() { piece.free() } }
        file.withLock { file in if let descriptor = file.descriptor { close(descriptor) } }
    }

    /// So many bytes or a few more; what they hold is not known. More than `mostInMemory` are a file, where there is
    /// room for one.
    package func take(_ wanted: Int) -> Piece {
        if wanted > Self.mostInMemory, folder != nil, let piece = try? takeFile(wanted) { return piece }
        guard wanted >= Self.smallest else { return Self.allocate(wanted) }
        let (number, capacity) = Self.sizeClass(wanted)
        let known = idle.withLock { idle -> Piece? in
            guard let piece = idle.pieces[number].popLast() else { return nil }
            idle.byteCount -= capacity
            return piece
        }
        return known ?? Self.allocate(capacity)
    }

    /// So many bytes, or a few more, of a file; zeros. In memory where the pool has no folder.
    /// - Throws: where the folder has no room for it.
    package func takeFile(_ wanted: Int) throws(SystemFailure) -> Piece {
        guard let folder else { return take(wanted) }
        let page = Int(sysconf(Int32(_SC_PAGESIZE))), size = (wanted + page - 1) / page * page
        return try file.withLock { file throws(SystemFailure) in
            if let descriptor = file.descriptor, file.count + size > Self.fileSize {
                close(descriptor)
                file = File()
            }
            let descriptor =
                if let known = file.descriptor { known } else { try Descriptor.nameless(in: folder, for: "pages") }
            file.descriptor = descriptor
            // Room that is kept: what is written to a mapped file cannot fail.
            #if os(Linux)
                let code = posix_fallocate(descriptor, off_t(file.count), off_t(size))
            #else
                let code = ftruncate(descriptor, off_t(file.count + size)) == 0 ? 0 : errno
            #endif
            guard code == 0 else { throw SystemFailure(operation: "write", path: folder, code: code) }
            let base = unsafe mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, off_t(file.count))
            guard let base = unsafe base, unsafe base != MAP_FAILED else {
                throw SystemFailure(operation: "write", path: folder, code: errno)
            }
            file.count += size
            return unsafe Piece(
                base: base.assumingMemoryBound(to: UInt8.self), capacity: size, isInFile: true, isMapped: true)
        }
    }

    package func giveBack(_ piece: Piece) {
        let isKept =
            piece.capacity >= Self.smallest && !piece.isInFile
            && idle.withLock { idle in
                let limit = piece.isMapped ? Self.mappedLimit : Self.limit
                guard idle.byteCount + piece.capacity <= limit else { return false }
                idle.pieces[Self.sizeClass(piece.capacity).number].append(piece)
                idle.byteCount += piece.capacity
                return true
            }
        if !isKept { piece.free() }
    }

    /// Memory of no pool.
    package static func allocate(_ capacity: Int) -> Piece {
        if capacity >= mapped {
            let base = unsafe mmap(nil, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
            if let base = unsafe base, unsafe base != MAP_FAILED {
                return unsafe Piece(
                    base: base.assumingMemoryBound(to: UInt8.self), capacity: capacity, isInFile: false,
                    isMapped: true)
            }
        }
        return unsafe Piece(
            base: .allocate(capacity: capacity), capacity: capacity, isInFile: false, isMapped: false)
    }

    /// Eight classes to each power of two: at most an eighth of a piece is not used.
    private static func sizeClass(_ wanted: Int) -> (number: Int, capacity: Int) {
        let step = (Int.bitWidth - 1 - (wanted - 1).leadingZeroBitCount) - 3
        let eighths = ((wanted - 1) >> step) + 1
        return (step * 8 + eighths - 8, eighths << step)
    }
}
