import BackupBytes

/// An open part file, as the queue of its pieces sees it.
final class PartFile: @unchecked Sendable {
    private let file: any LakeFile

    /// Pieces that the queue's thread has not written, and why it could not: the queue's, behind its gate.
    var unwritten = 0
    var failure: SystemFailure?

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
