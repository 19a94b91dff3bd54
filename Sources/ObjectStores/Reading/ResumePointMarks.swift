import BackupBytes
import Synchronization

/// Where in a download another one could resume: a mark a MiB, reaching back as far as a writer may lag after the
/// reader.
final class ResumePointMarks: Sendable {
    static let distance = 1 << 20
    /// Enough for 64 MiB before the reader and the few MiB that wait after it.
    static let limit = 72

    private let marks: Mutex<[SourceResumePoint]>

    /// - Parameter start: where the download begins; the object's own beginning needs no mark.
    init(start: SourceResumePoint) {
        marks = Mutex(start.offset > 0 ? [start] : [])
    }

    /// The bytes up to `point` are on their way to the reader.
    func pass(_ point: SourceResumePoint) {
        marks.withLock { marks in
            guard point.offset - (marks.last?.offset ?? 0) >= Self.distance else { return }
            if marks.count == Self.limit { marks.removeFirst() }
            marks.append(point)
        }
    }

    func last(upTo offset: Int) -> SourceResumePoint? {
        marks.withLock { marks in marks.last { $0.offset <= offset } }
    }
}
