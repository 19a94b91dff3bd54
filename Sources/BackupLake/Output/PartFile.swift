import BackupBytes
import Synchronization

/// An open part file, as the queue of its pieces sees it.
final class PartFile: Sendable {
    private let file: any LakeFile

    /// Pieces that the queue's thread has not written, and why it could not. The queue changes both under its gate,
    /// which wakes the threads that wait for them.
    private let progress = Mutex((unwritten: 0, failure: SystemFailure?.none))

    var unwritten: Int { progress.withLock(\.unwritten) }
    var failure: SystemFailure? { progress.withLock(\.failure) }

    func noteQueued() { progress.withLock { $0.unwritten += 1 } }

    /// A piece has been written; `failure`: why it could not be. The first one stays.
    func noteWritten(_ failure: SystemFailure?) {
        progress.withLock {
            $0.unwritten -= 1
            $0.failure = $0.failure ?? failure
        }
    }

    init(_ file: any LakeFile) { self.file = file }

    /// Whether a piece is for the queue's thread, which may wait.
    func isForDisk(_ piece: Piece) -> Bool { file.waits(toWrite: piece.count, at: piece.offset) }

    func writePastCache(_ piece: Piece) throws(SystemFailure) {
        try file.write(piece.bytes, at: piece.offset, isWaiting: true)
    }

    func write(_ piece: Piece) throws(SystemFailure) {
        try file.write(piece.bytes, at: piece.offset, isWaiting: false)
    }
}
