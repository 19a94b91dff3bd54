import BackupArchives
import BackupBytes
import DequeModule
import Synchronization

/// The bytes of a compressed archive that comes through a pipe, on disk as they came, while files in it wait for their
/// structure. Nothing is smaller or cheaper to write; when the structure is known they are inflated once more.
///
///     input   ──▶ copied ──▶ inflate ──▶ tar ──▶ orders.csv, which waits
///                   │
///     copy    ░░░░░░▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓…    offsets are those of the input; ░ is a hole, which takes no room
///                   ↑ where inflating can be resumed, before orders.csv
///
/// The bytes since the beginning are kept in memory until the first file of rows shows whether files wait in this
/// archive. One thread adds what it reads of the input, another one, the walk's, does all else.
final class ArchiveCopy: Sendable {
    /// A file of the archive that waits.
    struct Segment: Codable, Sendable {
        /// Its first byte.
        var start: UnpackingResumePoint
        /// Offset of the input at which it certainly is at its end.
        var end = 0
    }

    /// What another process needs beside the file.
    struct ResumePoint: Codable, Sendable {
        /// Bytes of the input that have been copied, or passed by.
        var end: Int
        var passed: Int
        /// Where holes were made up to.
        var freed: Int
        var waiting: [Waiting]
    }

    /// So many files that wait are inflated from this offset of the input on.
    struct Waiting: Codable, Sendable {
        var start: Int
        var files: Int
    }

    /// Files with fewer bytes are compressed again: a resume point takes 100 kB, Zstandard's more, and as much of the
    /// archive as lies between two is inflated for nothing.
    static let smallestFile = 1 << 20, smallestFileInZstd = 8 << 20
    /// Bytes kept in memory until the first file of rows has come.
    private static let mostUndecided = 4 << 20

    private let storage: SpillStorage
    private let limit: Int
    private let state: Mutex<State>

    private struct State {
        enum Mode {
            /// The bytes from the input's beginning on.
            case undecided([UInt8])
            case copying
            case off
        }
        var mode = Mode.undecided([])
        var end = 0
        /// Where the walk is: only files that wait need what lies before it.
        var passed = 0
        /// Where holes have been made up to.
        var freed = 0
        var waiting: Deque<Waiting> = []

        /// Nobody needs what lies before it.
        var low: Int { min(passed, waiting.first?.start ?? passed) }

        mutating func leave(_ start: Int) {
            guard let index = waiting.firstIndex(where: { $0.start == start }) else { return }
            waiting[index].files -= 1
            while let first = waiting.first, first.files == 0 { waiting.removeFirst() }
        }

        /// What nobody needs any more, and has its room still.
        mutating func takeHole() -> Range<Int>? {
            defer { freed = max(freed, low) }
            return freed < low ? freed ..< low : nil
        }
    }

    /// `limit`: bytes that wait at the same time. `point`: what an earlier process had copied.
    init(_ storage: SpillStorage, limit: Int, at point: ResumePoint? = nil) throws {
        self.storage = storage
        self.limit = limit
        var state = State()
        if let point {
            guard 0 <= point.freed, point.passed <= point.end,
                point.waiting.allSatisfy({ $0.files > 0 && point.freed <= $0.start && $0.start <= point.end })
            else { throw RecordDamaged() }
            try storage.reopen(length: point.end)
            state.mode = .copying
            (state.end, state.passed, state.freed) = (point.end, point.passed, point.freed)
            state.waiting = Deque(point.waiting)
        }
        self.state = Mutex(state)
    }

    // MARK: In

    /// Bytes of the input that have been read, the first of them at `offset`.
    func add(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        try state.withLock { state in
            let fresh = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(max(0, state.end - offset)))
            if fresh.isEmpty { return }
            if offset > state.end {
                // A run resumes here, and nothing was copied before.
                if case .copying = state.mode { throw RecordDamaged() }
                state.mode = .off
            }
            switch state.mode {
            case .undecided(var first):
                state.mode = .off
                if first.count + fresh.count <= Self.mostUndecided {
                    first += fresh
                    state.mode = .undecided(first)
                }
            case .copying:
                if !state.waiting.isEmpty, state.end + fresh.count - state.low > limit {
                    throw SpillStorage.overLimit(limit)
                }
                try storage.write(fresh, at: state.end)
            case .off: break
            }
            state.end = offset + bytes.count
        }
    }

    /// The first file of rows has come: it waits, or it does not, and then none is expected to.
    func decide(waits: Bool, at point: UnpackingResumePoint?) throws {
        try state.withLock { state in
            guard case .undecided(let first) = state.mode else { return }
            state.mode = .off
            guard waits, let start = point?.compressedStart, start <= first.count else { return }
            try first.withUnsafeBytes { try storage.write(.init(rebasing: $0.dropFirst(start)), at: start) }
            (state.mode, state.passed, state.freed) = (.copying, start, start)
        }
    }

    /// A file that waits; nil where its bytes have to be written somewhere else.
    func begin(at point: UnpackingResumePoint?) -> Segment? {
        guard let point, let start = point.compressedStart, let size = point.packedBytes,
            size >= (point.isInZstd ? Self.smallestFileInZstd : Self.smallestFile)
        else { return nil }
        return state.withLock { state in
            guard case .copying = state.mode, start >= state.low, start >= state.waiting.last?.start ?? 0 else {
                return nil
            }
            if state.waiting.last?.start == start {
                state.waiting[state.waiting.count - 1].files += 1
            } else {
                state.waiting.append(Waiting(start: start, files: 1))
            }
            return Segment(start: point)
        }
    }

    /// All of the file has been read, and so been copied.
    func end(_ segment: inout Segment) { segment.end = state.withLock { $0.end } }

    /// The walk is at a file that begins here.
    func pass(to point: @autoclosure () -> UnpackingResumePoint?) {
        guard isCopying, let start = point()?.compressedStart else { return }
        let hole = state.withLock { state -> Range<Int>? in
            state.passed = max(state.passed, start)
            return storage.isNamed ? nil : state.takeHole()
        }
        if let hole { storage.makeHole(hole) }
    }

    // MARK: Out

    /// The file once more, from `point` on; it ends where the file ends.
    func open(
        _ segment: Segment, at point: UnpackingResumePoint? = nil, limits: UnpackingLimits, folder: String
    ) throws -> (Unpacking, PeekedSource) {
        try check(segment, isWhole: true)
        let point = point ?? segment.start
        guard let shortcut = point.shortcut, shortcut.input <= segment.end else { throw RecordDamaged() }
        let (unpacking, entry) = try Unpacking.resume(
            at: point, by: shortcut, StoredSource(storage, shortcut.input ..< segment.end), from: shortcut.input,
            name: shortcut.path, limits: limits, resumeFolder: folder)
        guard case .file(_, let source) = entry.content else { throw RecordDamaged() }
        return (unpacking, source)
    }

    /// A segment that an earlier process has noted lies in what it has copied. `isWhole`: up to its end.
    func check(_ segment: Segment, isWhole: Bool) throws {
        guard let start = segment.start.compressedStart,
            state.withLock({ $0.low <= start && segment.end <= $0.end && (start <= segment.end || !isWhole) })
        else { throw RecordDamaged() }
    }

    /// Nobody in this process reads it any more.
    func leave(_ segment: Segment) {
        guard let start = segment.start.compressedStart else { return }
        state.withLock { $0.leave(start) }
    }

    // MARK: Resuming

    /// Whether another process would find what waits.
    var isResumable: Bool { storage.isResumable }
    var isCopying: Bool { state.withLock { if case .copying = $0.mode { true } else { false } } }

    /// What is needed to resume here; nil: nothing is copied. `freed` may be called only when that has reached the
    /// disk, so that no process resumes at an earlier point.
    func resumePoint() -> (point: ResumePoint, freed: @Sendable () -> Void)? {
        state.withLock { state in
            guard case .copying = state.mode else { return nil }
            let hole = state.takeHole()
            let point = ResumePoint(
                end: state.end, passed: state.passed, freed: state.freed, waiting: state.waiting.filter { $0.files > 0 }
            )
            return (point, { [storage] in if let hole { storage.makeHole(hole) } })
        }
    }
}
